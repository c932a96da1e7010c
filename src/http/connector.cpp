#include "http/connector.hpp"

#include "http/certificate_rules.hpp"
#include "http/expiry.hpp"
#include "http/plain_stream.hpp"
#include "http/tls_stream.hpp"
#include "retraind/runtime/notifier.hpp"

#include <algorithm>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

namespace retraind::http {
namespace {

using boost::asio::ip::tcp;
using std::chrono::steady_clock;

/// A look-up cannot be interrupted, so it may end when nobody waits for it any more.
struct lookup {
    explicit lookup(const boost::asio::any_io_executor& loop) : resolver(loop), changed(loop) {}

    tcp::resolver resolver;
    runtime::notifier changed;
    bool done = false;
    boost::system::error_code ec;
    std::vector<tcp::endpoint> found;
};

void start(const std::shared_ptr<lookup>& looking, const endpoint& server) {
    looking->resolver.async_resolve(
        server.host, server.port,
        [looking](boost::system::error_code ec, const tcp::resolver::results_type& found) {
            looking->ec = ec;
            looking->found.assign(found.begin(), found.end());
            looking->done = true;
            looking->changed.notify();
        });
}

tl::unexpected<error> aborted() {
    return fail(errc::cancelled, "the exchange was given up");
}

task<result<std::vector<tcp::endpoint>>> resolve(boost::asio::any_io_executor loop,
                                                 const endpoint& server, duration limit,
                                                 runtime::stop_signal& aborting) {
    const auto looking = std::make_shared<lookup>(loop);
    const auto stopping = aborting.subscribe([looking] { looking->changed.notify(); });
    start(looking, server);
    co_await looking->changed.wait_until(steady_clock::now() + limit);
    if (aborting.requested()) {
        co_return aborted();
    }
    if (!looking->done) {
        looking->resolver.cancel();
        co_return fail(errc::timed_out, "timed out");
    }
    if (looking->ec) {
        co_return fail(errc::network, looking->ec.message());
    }
    co_return std::move(looking->found);
}

/// One attempt at one address.
task<result<tcp::socket>> connect_to(boost::asio::any_io_executor loop, tcp::endpoint address,
                                     duration limit, runtime::stop_signal& aborting) {
    tcp::socket socket(loop);
    bool expired = false;
    const auto close = [&socket] {
        boost::system::error_code ignored;
        socket.close(ignored);
    };
    boost::system::error_code ec;
    {
        const auto stopping = aborting.subscribe(close);
        const expiry watch(loop, limit, [&] {
            expired = true;
            close();
        });
        std::tie(ec) = co_await socket.async_connect(address, use_tuple);
    }
    if (aborting.requested()) {
        co_return aborted();
    }
    if (expired) {
        co_return fail(errc::timed_out, "timed out");
    }
    if (!ec) {
        socket.set_option(tcp::no_delay(true), ec);
    }
    if (ec) {
        co_return fail(errc::network, ec.message());
    }
    co_return std::move(socket);
}

/// Every address gets its share of what is left of the time, so that one that answers nothing does
/// not cost the others theirs.
task<result<tcp::socket>> connect_to_any(boost::asio::any_io_executor loop,
                                         std::vector<tcp::endpoint> addresses, duration limit,
                                         runtime::stop_signal& aborting) {
    const auto deadline = steady_clock::now() + limit;
    auto failure = fail(errc::network, "has no address");
    for (std::size_t tried = 0; tried < addresses.size(); ++tried) {
        const auto left = std::chrono::ceil<duration>(deadline - steady_clock::now());
        const auto share = left / static_cast<duration::rep>(addresses.size() - tried);
        auto socket = co_await connect_to(loop, addresses[tried], share, aborting);
        if (socket || socket.error().code == errc::cancelled) {
            co_return socket;
        }
        failure =
            tl::unexpected(std::move(socket.error()).in(addresses[tried].address().to_string()));
    }
    co_return failure;
}

} // namespace

connector::connector(boost::asio::any_io_executor loop, client_options options)
    : loop_(std::move(loop)), options_(std::move(options)) {}

result<std::shared_ptr<tls_trust>> connector::trust() {
    if (!trust_) {
        auto loaded = load_tls_trust(options_.ca_file);
        if (!loaded) {
            return loaded;
        }
        trust_ = std::move(*loaded);
    }
    return trust_;
}

task<result<std::shared_ptr<byte_stream>>> connector::open(const phase_limits& limits,
                                                           runtime::stop_signal& aborting) {
    const endpoint& server = options_.server;
    const std::string authority = authority_of(server);
    auto found = co_await resolve(loop_, server, limits.resolve, aborting);
    if (!found) {
        co_return tl::unexpected(std::move(found.error()).in("resolving " + server.host));
    }
    auto socket = co_await connect_to_any(loop_, std::move(*found), limits.connect, aborting);
    if (!socket) {
        co_return tl::unexpected(std::move(socket.error()).in("connecting to " + authority));
    }
    if (!server.tls) {
        co_return make_plain_stream(std::move(*socket));
    }
    auto trusted = trust();
    if (!trusted) {
        co_return tl::unexpected(std::move(trusted.error()));
    }
    auto stream = co_await open_tls_stream(std::move(*socket), std::move(*trusted), server,
                                           limits.handshake, aborting);
    if (!stream) {
        co_return tl::unexpected(std::move(stream.error()).in("TLS handshake with " + authority));
    }
    co_return stream;
}

} // namespace retraind::http
