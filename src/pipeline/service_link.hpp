#pragma once

#include <functional>
#include <memory>

#include "retraind/base/event.hpp"
#include "retraind/config/configuration.hpp"
#include "retraind/customvision/training_client.hpp"
#include "retraind/http/client_transport.hpp"
#include "retraind/http/rate_gate.hpp"
#include "retraind/pipeline/key_keeper.hpp"
#include "retraind/pipeline/key_trial.hpp"
#include "retraind/pipeline/service_contact.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::pipeline {

/// What lives as long as the process, whatever its configuration says.
struct process {
    boost::asio::any_io_executor loop;
    const clock& time;
    event_sink& events;
    runtime::stop_signal& stop;
    runtime::workers& system; ///< the key file
    std::function<double()> random;
};

[[nodiscard]] customvision::client_options client_options_of(const config::service_block& service);

/// The way to the service under one `service` block, shared by all projects: connections, the key,
/// its rate. Outlives them. Loop only.
class service_link {
public:
    /// `before` is the link that this one replaces, or null: the rate of a resource is one, whoever
    /// uses it, so what it has used up there counts here; and a key from the same place is kept.
    /// `used` says which projects a new key has to have, `new_key` is called when another key is in
    /// force.
    service_link(process& common, config::service_block block, const service_link* before,
                 std::function<std::vector<project_in_use>()> used, std::function<void()> new_key);
    service_link(const service_link&) = delete;
    service_link& operator=(const service_link&) = delete;

    [[nodiscard]] const config::service_block& block() const noexcept { return block_; }
    [[nodiscard]] const std::shared_ptr<http::connections>& connections() const noexcept {
        return connections_;
    }
    [[nodiscard]] const http::rate_gate& gate() const noexcept { return gate_; }
    [[nodiscard]] service_contact& contact() noexcept { return contact_; }
    [[nodiscard]] const service_contact& contact() const noexcept { return contact_; }
    [[nodiscard]] key_keeper& key() noexcept { return key_; }

    /// Takes up new keys until the link is ended.
    [[nodiscard]] task<void> watch_key() { return key_.watch(stop_); }
    /// Nothing new is begun.
    void end();
    /// Ends a key's trial that is under way.
    void abort() { line_->abort(); }

private:
    [[nodiscard]] static http::rate_gate
    gate_for(const process& common, const config::service_block& block, const service_link* before);
    [[nodiscard]] task<key_verdict> probe(secret candidate);

    config::service_block block_;
    std::shared_ptr<http::connections> connections_;
    http::rate_gate gate_;
    std::unique_ptr<http::transport> line_; ///< for trials of keys
    service_contact contact_;
    secret candidate_;
    customvision::training_client trials_;      ///< with the candidate
    customvision::training_client comparisons_; ///< with the key in force
    std::function<std::vector<project_in_use>()> used_;
    key_keeper key_;
    runtime::stop_signal stop_;
    runtime::stop_signal::subscription ending_;
};

} // namespace retraind::pipeline
