// What the daemon answers about itself.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/http/server.hpp"
#include "retraind/pipeline/retry_rules.hpp"
#include "retraind/report/admin_answers.hpp"
#include "supervisor_parts.hpp"

namespace retraind::pipeline {

task<void> supervisor::listen() {
    while (!stop_.requested()) {
        listening_ = std::make_unique<runtime::stop_signal>(loop_.get_executor());
        const auto stopping = stop_.subscribe([this] { listening_->request(); });
        admin_port port(
            loop_.get_executor(), system_, events_,
            [this](http::request asked) { return answer(std::move(asked)); },
            [this](const std::exception_ptr& thrown) { internal_error(thrown); });
        runtime::task_group places(loop_.get_executor(), [this](const std::exception_ptr& thrown) {
            internal_error(thrown);
        });
        const report::admin_options& wanted = wanted_->admin;
        places.spawn(listen_at(wanted.unix_path, *listening_));
        if (wanted.tcp) {
            places.spawn(port.run(*wanted.tcp, wanted.token_file.value_or(""), *listening_));
        }
        co_await places.wait();
    }
}

task<void> supervisor::listen_at(std::string path, runtime::stop_signal& until) {
    auto handler = [this](http::request asked) {
        return answer(std::move(asked));
    };
    while (!until.requested()) {
        result<std::unique_ptr<http::server>> server =
            http::server::listen(loop_.get_executor(), path, handler, http::server_limits());
        if (server) {
            say(event_name::admin_listening, severity::info,
                fmt::format("health and status at unix:{}", path));
            co_await (*server)->run(until);
            co_return;
        }
        // Without it the daemon works but nobody can ask how it is, so it is tried again.
        say(event_name::admin_failed, severity::error, server.error().message);
        const duration pause = std::chrono::seconds(30);
        co_await until.sleep_for(pause);
    }
}

task<http::response> supervisor::answer(http::request asked) {
    if (asked.method == "POST" && is_retry(asked.target)) {
        http::response done = co_await retry(std::move(asked.target));
        co_return done;
    }
    report::admin_answer answered =
        report::answer_admin(asked.method, asked.target, status(), metrics_);
    http::response response;
    response.status = answered.status;
    response.fields.push_back({"Content-Type", std::move(answered.content_type)});
    response.body = std::move(answered.body);
    co_return response;
}

/// systemd gives a start 90 s, then it kills and starts anew. All of a ledger is read before it is
/// trusted, and a large one on a slow disk takes longer than that, each time.
task<void> supervisor::hold_the_start(std::shared_ptr<runtime::stop_signal> until) {
    constexpr duration say_every = std::chrono::seconds(10);
    constexpr duration patience_of_systemd = std::chrono::minutes(1);
    manager_.status("opening the ledger");
    bool over = false;
    while (!over) {
        manager_.extend(patience_of_systemd);
        over = co_await until->sleep_for(say_every);
    }
}

/// On the loop itself: one that is stuck feeds no watchdog.
task<void> supervisor::tell_service_manager() {
    constexpr duration say_status_every = std::chrono::seconds(2);
    constexpr int beats_an_interval = 3;
    manager_.ready();
    const duration interval = manager_.watchdog_interval().value_or(duration::max());
    const duration pause = std::min(say_status_every, interval / beats_an_interval);
    bool stopping = false;
    while (!stopping) {
        manager_.alive();
        manager_.status(doing_.empty() ? report::status_sentence(status()) : doing_);
        stopping = co_await stop_.sleep_for(pause);
    }
    manager_.stopping();
}

daemon_status supervisor::status() const {
    daemon_status now;
    now.version = options_.version;
    now.started = started_;
    for (const auto& project : projects_) {
        now.projects.push_back(project->runner().status());
    }
    return now;
}

} // namespace retraind::pipeline
