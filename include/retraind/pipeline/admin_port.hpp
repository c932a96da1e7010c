#pragma once

#include <exception>
#include <functional>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/base/event.hpp"
#include "retraind/base/secret.hpp"
#include "retraind/http/server.hpp"
#include "retraind/report/options.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/task.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::pipeline {

/// The admin listener's TCP port beside its Unix socket: who may ask (report/access_rules), and the
/// token, which is read anew every ten seconds. Loop only.
class admin_port {
public:
    struct pauses {
        duration before_retry = std::chrono::seconds(30);
        duration before_rereading = std::chrono::seconds(10);
    };

    /// `files` reads the token; it and `events` outlive this. `on_bug` hears what a part threw.
    admin_port(boost::asio::any_io_executor loop, runtime::workers& files, event_sink& events,
               http::server::handler answer, std::function<void(const std::exception_ptr&)> on_bug);

    /// Listens until `stop`; without a `token_file` (empty) nobody is asked for a token. A port
    /// that cannot be bound and a token that cannot be read are said and tried again.
    [[nodiscard]] task<void> run(report::tcp_place where, std::string token_file,
                                 runtime::stop_signal& stop);

    /// For tests, before `run`.
    void pause_for(pauses wanted) { pauses_ = wanted; }

private:
    /// Listens until `stop`; false where the port cannot be had.
    [[nodiscard]] task<bool> serve(const report::tcp_place& where, const std::string& token_file,
                                   runtime::stop_signal& stop);
    [[nodiscard]] task<bool> read_token(const std::string& file);
    [[nodiscard]] task<void> keep_token(const std::string& file, runtime::stop_signal& stop);
    [[nodiscard]] task<http::response> answer(http::request asked);
    void say(event_name name, severity level, std::string sentence);

    boost::asio::any_io_executor loop_;
    runtime::workers& files_;
    event_sink& events_;
    http::server::handler answer_;
    std::function<void(const std::exception_ptr&)> on_bug_;
    pauses pauses_;
    secret token_; ///< empty: none is asked for
    std::string trouble_;
};

} // namespace retraind::pipeline
