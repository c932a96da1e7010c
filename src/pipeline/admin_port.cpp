#include "retraind/pipeline/admin_port.hpp"

#include <utility>

#include <fmt/format.h>

#include "retraind/pipeline/secret_file.hpp"
#include "retraind/report/access_rules.hpp"
#include "retraind/runtime/task_group.hpp"

namespace retraind::pipeline {
admin_port::admin_port(boost::asio::any_io_executor loop, runtime::workers& files,
                       event_sink& events, http::server::handler answer,
                       std::function<void(const std::exception_ptr&)> on_bug)
    : loop_(std::move(loop)),
      files_(files),
      events_(events),
      answer_(std::move(answer)),
      on_bug_(std::move(on_bug)) {}

task<void> admin_port::run(report::tcp_place where, std::string token_file,
                           runtime::stop_signal& stop) {
    while (!stop.requested()) {
        bool served = token_file.empty();
        if (!served) {
            served = co_await read_token(token_file);
        }
        if (served) {
            served = co_await serve(where, token_file, stop);
        }
        if (!served) {
            co_await stop.sleep_for(pauses_.before_retry);
        }
    }
}

task<bool> admin_port::serve(const report::tcp_place& where, const std::string& token_file,
                             runtime::stop_signal& stop) {
    auto handler = [this](http::request asked) {
        return answer(std::move(asked));
    };
    auto server =
        http::server::listen_tcp(loop_, where.address, where.port, handler, http::server_limits());
    if (!server) {
        say(event_name::admin_failed, severity::error, server.error().message);
        co_return false;
    }
    say(event_name::admin_listening, severity::info,
        fmt::format("health, status and metrics at http://{}", (*server)->place()));
    runtime::task_group work(loop_, on_bug_);
    work.spawn((*server)->run(stop));
    if (!token_file.empty()) {
        work.spawn(keep_token(token_file, stop));
    }
    co_await work.wait();
    co_return true;
}

task<bool> admin_port::read_token(const std::string& file) {
    auto read = [file] {
        return read_secret_file(file, {"the token file", "token", "token"});
    };
    result<secret> fresh = co_await files_.run(std::move(read));
    if (fresh) {
        token_ = std::move(*fresh);
        trouble_.clear();
        co_return true;
    }
    if (trouble_ != fresh.error().message) {
        trouble_ = fresh.error().message;
        say(event_name::admin_failed, severity::error, trouble_);
    }
    co_return false;
}

task<void> admin_port::keep_token(const std::string& file, runtime::stop_signal& stop) {
    while (true) {
        const bool stopping = co_await stop.sleep_for(pauses_.before_rereading);
        if (stopping) {
            co_return;
        }
        // One that cannot be read any more leaves the old one in force.
        co_await read_token(file);
    }
}

task<http::response> admin_port::answer(http::request asked) {
    if (auto refused = report::refuse_access(asked, token_)) {
        co_return std::move(*refused);
    }
    http::response answered = co_await answer_(std::move(asked));
    co_return answered;
}

void admin_port::say(event_name name, severity level, std::string sentence) {
    events_.emit({name, level, "", std::move(sentence), {}});
}

} // namespace retraind::pipeline
