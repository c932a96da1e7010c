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

#include "hosted_project.hpp"
#include "retraind/config/change_rules.hpp"
#include "retraind/http/message.hpp"
#include "retraind/pipeline/admin_port.hpp"
#include "retraind/pipeline/preflight.hpp"
#include "retraind/pipeline/supervisor.hpp"
#include "retraind/report/event_fan.hpp"
#include "retraind/report/log_writer.hpp"
#include "retraind/report/metrics_store.hpp"
#include "retraind/report/service_manager.hpp"
#include "retraind/runtime/task_group.hpp"
#include "service_link.hpp"

namespace retraind::pipeline {

/// The daemon's parts in the order of their needs, and its life. What lives as long as the process
/// stands here; what one configuration makes of it are the link to the service and the projects.
class supervisor {
public:
    supervisor(const config::configuration& wanted, const run_options& options);

    run_result run();

private:
    [[nodiscard]] task<void> live();
    [[nodiscard]] task<bool> begin();
    [[nodiscard]] task<void> see_to_the_end();
    [[nodiscard]] task<void> listen();
    [[nodiscard]] task<void> listen_at(std::string path, runtime::stop_signal& until);
    [[nodiscard]] task<void> tell_service_manager();
    [[nodiscard]] task<void> hold_the_start(std::shared_ptr<runtime::stop_signal> until);
    [[nodiscard]] task<void> watch_for_the_end();
    [[nodiscard]] task<void> end_on_signals();
    [[nodiscard]] task<void> scan_on_signals();
    [[nodiscard]] task<void> insist_on_the_end();
    void end_broken();
    [[nodiscard]] task<void> reload_on_signals();
    [[nodiscard]] task<void> reload();
    void refuse(const std::vector<config::diagnostic>& wrong);
    void refuse(const std::vector<std::string>& sentences);
    [[nodiscard]] task<void> take_over(std::shared_ptr<const config::configuration> next,
                                       config::changes found);
    [[nodiscard]] task<void> see_off(std::vector<std::shared_ptr<hosted_project>> leaving);
    [[nodiscard]] task<bool> disk_is_good();
    [[nodiscard]] task<void> look_at_the_disk(std::shared_ptr<const config::configuration> next);
    [[nodiscard]] task<void> warn_of_the_disk(std::shared_ptr<const config::configuration> next,
                                              std::shared_ptr<runtime::notifier> done);
    void link_anew();
    [[nodiscard]] static task<void> watch_key(std::shared_ptr<service_link> link);
    void say_changes(const config::changes& found);
    void internal_error(const std::exception_ptr& thrown);
    void end_of_life(const std::exception_ptr& thrown);
    [[nodiscard]] std::optional<run_result> once_verdict();
    void count_files();
    [[nodiscard]] daemon_status status() const;
    [[nodiscard]] task<http::response> answer(http::request asked);
    [[nodiscard]] task<http::response> retry(std::string target);
    [[nodiscard]] double random();
    void add_projects();
    [[nodiscard]] std::shared_ptr<hosted_project> add_project(std::size_t at);
    void warn_of_consequences(std::size_t project);
    void warn_of_faults(const std::vector<disk_fault>& faults);
    void abort_everything();
    void say(event_name name, severity level, std::string sentence, std::vector<field> fields = {});

    std::shared_ptr<const config::configuration> wanted_; ///< what is in force
    run_options options_;
    boost::asio::io_context loop_{1};
    const clock& time_ = system_clock();
    wall_time started_ = time_.wall();
    report::log_writer log_;
    report::metrics_store metrics_;
    report::event_fan events_{{&log_, &metrics_}};
    report::service_manager manager_;
    runtime::stop_signal stop_{loop_.get_executor()};
    runtime::workers system_{loop_.get_executor(), 2}; ///< key file, configuration
    runtime::workers disk_{loop_.get_executor(), 1};   ///< preflight, which a dead share holds up
    std::mt19937_64 random_{std::random_device()()};
    process process_{loop_.get_executor(), time_, events_, stop_, system_, [this] {
                         return random();
                     }};
    std::unique_ptr<ledger::ledger> memory_;
    std::shared_ptr<service_link> link_;
    std::vector<std::shared_ptr<hosted_project>> projects_; ///< in the configuration's order
    std::vector<std::weak_ptr<hosted_project>> hosted_;     ///< those that are leaving as well
    std::unique_ptr<runtime::stop_signal> listening_;       ///< ends the admin listener alone
    std::string doing_;   ///< what `systemctl status` shows instead of the projects
    bool broken_ = false; ///< a part ended by a bug
    runtime::task_group work_{loop_.get_executor(), [this](const std::exception_ptr& thrown) {
                                  internal_error(thrown);
                              }};
    boost::asio::signal_set ends_{loop_, SIGTERM, SIGINT};
    boost::asio::signal_set scans_{loop_, SIGUSR1};
    boost::asio::signal_set hangups_{loop_, SIGHUP};
    boost::asio::steady_timer insistence_{loop_};
    run_result result_ = run_result::done;
    bool ended_ = false;
};

} // namespace retraind::pipeline
