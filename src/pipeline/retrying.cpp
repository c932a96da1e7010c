#include "retraind/pipeline/retrying.hpp"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "retraind/base/text.hpp"
#include "retraind/http/local_client.hpp"
#include "retraind/ledger/open_ledger.hpp"
#include "retraind/pipeline/retry_rules.hpp"

namespace retraind::pipeline {
namespace {

/// Nothing where no daemon listens.
task<result<std::optional<std::string>>>
tell_daemon(std::string socket, std::optional<std::string> path, runtime::stop_signal& never) {
    http::request message;
    message.method = "POST";
    message.target = encode_retry(path);
    const http::phase_limits limits;
    result<http::response> answer =
        co_await http::ask_local(std::move(socket), std::move(message), limits, never);
    if (!answer) {
        const bool nobody =
            answer.error().code == errc::not_found || answer.error().code == errc::refused;
        if (nobody) {
            co_return std::optional<std::string>();
        }
        co_return tl::unexpected(std::move(answer.error()));
    }
    std::string sentence(trim(answer->body));
    if (answer->status != 200) {
        co_return fail(answer->status == 400 ? errc::invalid : errc::refused, std::move(sentence));
    }
    co_return std::optional<std::string>(std::move(sentence));
}

task<result<std::string>> write_ledger(const config::configuration& wanted,
                                       std::vector<retry_target> targets,
                                       boost::asio::any_io_executor loop) {
    const clock& time = system_clock();
    std::string state = wanted.state;
    result<ledger::opened_ledger> opened =
        co_await ledger::open_ledger(std::move(loop), std::move(state), time);
    if (!opened) {
        co_return tl::unexpected(std::move(opened.error()));
    }
    std::size_t rejected = 0;
    for (const retry_target& each : targets) {
        ledger::retry_order order;
        order.folder = wanted.projects[each.project].watch[each.folder].watch.path;
        order.below = each.below;
        order.accept_mount = each.accept_mount;
        order.at = time.wall();
        const result<ledger::retried_files> done = co_await opened->memory->retry(std::move(order));
        if (!done) {
            co_return tl::unexpected(done.error());
        }
        rejected += done->prints.size();
    }
    co_return retried_sentence(rejected) + " when retraind runs; it does not now";
}

task<result<std::optional<std::string>>> tell_any(std::vector<std::string> sockets,
                                                  std::optional<std::string> path,
                                                  boost::asio::any_io_executor loop) {
    runtime::stop_signal never(std::move(loop));
    for (std::string& socket : sockets) {
        std::optional<std::string> asked = path;
        result<std::optional<std::string>> told =
            co_await tell_daemon(std::move(socket), std::move(asked), never);
        if (!told || *told) {
            co_return told;
        }
    }
    co_return std::optional<std::string>();
}

/// What `work` comes to, on a loop of its own.
template <class T>
result<T> ended(boost::asio::io_context& loop, task<result<T>> work) {
    result<T> done = fail(errc::cancelled, "it ended early");
    boost::asio::co_spawn(loop, std::move(work),
                          [&done](const std::exception_ptr& thrown, result<T> said) {
                              if (thrown) {
                                  std::rethrow_exception(thrown);
                              }
                              done = std::move(said);
                          });
    loop.run();
    return done;
}

} // namespace

result<std::optional<std::string>> retry_by_daemon(const std::vector<std::string>& sockets,
                                                   const std::optional<std::string>& path) {
    boost::asio::io_context loop{1};
    return ended(loop, tell_any(sockets, path, loop.get_executor()));
}

result<std::string> retry_in_ledger(const config::configuration& wanted,
                                    const std::optional<std::string>& path) {
    result<std::vector<retry_target>> targets = resolve_retry(wanted, path);
    if (!targets) {
        return tl::unexpected(std::move(targets.error()));
    }
    boost::asio::io_context loop{1};
    return ended(loop, write_ledger(wanted, std::move(*targets), loop.get_executor()));
}

} // namespace retraind::pipeline
