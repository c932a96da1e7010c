#pragma once

#include <csignal>
#include <exception>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "retraind/http/message.hpp"
#include "retraind/http/transport.hpp"
#include "retraind/pipeline/admin_port.hpp"
#include "retraind/pipeline/key_store.hpp"
#include "retraind/pipeline/project_runner.hpp"
#include "retraind/pipeline/supervisor.hpp"
#include "retraind/report/event_fan.hpp"
#include "retraind/report/log_writer.hpp"
#include "retraind/report/metrics_store.hpp"
#include "retraind/report/service_manager.hpp"

namespace retraind::pipeline {

/// The daemon's parts in the order of their needs, and its life.
class supervisor {
public:
    supervisor(const config::configuration& wanted, const run_options& options);

    run_result run();

private:
    [[nodiscard]] task<void> live();
    [[nodiscard]] task<bool> begin();
    [[nodiscard]] task<void> see_to_the_end();
    [[nodiscard]] task<result<void>> reload_key();
    [[nodiscard]] task<void> listen();
    [[nodiscard]] task<void> tell_service_manager();
    [[nodiscard]] task<void> watch_for_the_end();
    [[nodiscard]] task<void> end_on_signals();
    [[nodiscard]] task<void> scan_on_signals();
    [[nodiscard]] task<void> insist_on_the_end();
    void end_of_life(const std::exception_ptr& thrown);
    [[nodiscard]] std::optional<run_result> once_verdict();
    void count_files();
    [[nodiscard]] daemon_status status() const;
    [[nodiscard]] task<http::response> answer(http::request asked);
    [[nodiscard]] task<http::response> retry(std::string target);
    [[nodiscard]] double random();
    void add_projects();
    void warn_of_consequences();
    void say(event_name name, severity level, std::string sentence, std::vector<field> fields = {});

    const config::configuration& wanted_;
    run_options options_;
    boost::asio::io_context loop_{1};
    const clock& time_ = system_clock();
    wall_time started_ = time_.wall();
    report::log_writer log_;
    report::metrics_store metrics_;
    report::event_fan events_{{&log_, &metrics_}};
    report::service_manager manager_;
    runtime::stop_signal stop_{loop_.get_executor()};
    runtime::workers system_{loop_.get_executor(), 1}; ///< key file, preflight
    key_store key_;
    std::mt19937_64 random_{std::random_device()()};
    std::unique_ptr<http::transport> transport_;
    http::rate_gate gate_;
    customvision::training_client client_;
    service_contact contact_;
    std::unique_ptr<ledger::ledger> memory_;
    std::optional<shared> shared_;
    admin_port port_{loop_.get_executor(), system_, events_,
                     [this](http::request asked) { return answer(std::move(asked)); },
                     [this](const std::exception_ptr& thrown) {
                         shared_->internal_error(thrown);
                     }};
    std::vector<std::unique_ptr<project_runner>> projects_;
    boost::asio::signal_set ends_{loop_, SIGTERM, SIGINT};
    boost::asio::signal_set scans_{loop_, SIGUSR1};
    boost::asio::steady_timer insistence_{loop_};
    run_result result_ = run_result::done;
    bool ended_ = false;
};

} // namespace retraind::pipeline
