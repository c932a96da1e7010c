#include "retraind/http/local_client.hpp"

#include <cerrno>
#include <memory>
#include <utility>

#include <boost/asio/local/stream_protocol.hpp>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "http/exchange.hpp"
#include "http/framing.hpp"
#include "http/plain_stream.hpp"

namespace retraind::http {
namespace {

using boost::asio::local::stream_protocol;

error failed_to_connect(int number, const std::string& path) {
    error why = from_errno(number, path);
    if (number == ECONNREFUSED) {
        why.code = errc::refused;
    } else if (number == EAGAIN) {
        why.code = errc::full;
    }
    return why;
}

/// A Unix socket connects at once or not at all.
result<std::shared_ptr<byte_stream>> connected(const boost::asio::any_io_executor& loop,
                                               const std::string& path) {
    constexpr std::size_t longest = sizeof(sockaddr_un::sun_path) - 1;
    if (path.empty() || path.size() > longest) {
        return fail(errc::invalid,
                    fmt::format("{}: a socket's path has 1 to {} bytes", path, longest));
    }
    stream_protocol::socket socket(loop);
    boost::system::error_code ec;
    socket.open(stream_protocol(), ec);
    if (!ec) {
        socket.native_non_blocking(true, ec);
    }
    if (ec) {
        return tl::unexpected(from_errno(ec.value(), path));
    }
    const stream_protocol::endpoint there(path);
    if (::connect(socket.native_handle(), there.data(), static_cast<socklen_t>(there.size())) !=
        0) {
        return tl::unexpected(failed_to_connect(errno, path));
    }
    return make_plain_stream(std::move(socket));
}

} // namespace

task<result<response>> ask_local(std::string socket_path, request message, phase_limits limits,
                                 runtime::stop_signal& aborting) {
    const std::string host = "localhost";
    const result<std::string> head = encode_head(message, host);
    if (!head) {
        co_return tl::unexpected(head.error());
    }
    result<std::shared_ptr<byte_stream>> connection = connected(aborting.loop(), socket_path);
    if (!connection) {
        co_return tl::unexpected(connection.error());
    }
    std::shared_ptr<byte_stream> stream = *connection;
    exchange_end ended = co_await talk(stream, message, *head, limits, aborting);
    stream->close();
    co_return std::move(ended.answer);
}

} // namespace retraind::http
