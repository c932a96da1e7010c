#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/base/error.hpp"
#include "retraind/http/message.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::http {

/// Bounds of the server: what a stranger at the socket can cost.
struct server_limits {
    std::size_t connections = 32; ///< more wait in the socket's own queue
    std::size_t head_bytes = std::size_t{8} << 10;
    duration head = std::chrono::seconds(10);   ///< from the connection to the end of the head
    duration answer = std::chrono::seconds(10); ///< until the peer has taken the answer
};

/// A small HTTP/1.1 server on a Unix socket or a TCP port, for the admin listener: requests without
/// a body, one a connection. What is no such request is answered 400, a head that is too long 431.
/// Loop only.
class server {
public:
    /// Answers one request; an exception out of it becomes a 500.
    using handler = std::function<task<response>(request)>;

    /// Listens at `path`, for owner and group (mode 0660). A socket file on which nobody listens
    /// any more is replaced. Errors: refused, when somebody does; invalid, when something else
    /// stands there or the path is too long; else the system's.
    [[nodiscard]] static result<std::unique_ptr<server>> listen(boost::asio::any_io_executor loop,
                                                                std::string path, handler answer,
                                                                server_limits limits);

    /// Listens on a port of one IP address (without brackets); port 0 picks a free one. Errors: the
    /// system's, `invalid` for what is no address.
    [[nodiscard]] static result<std::unique_ptr<server>>
    listen_tcp(boost::asio::any_io_executor loop, const std::string& address, std::uint16_t port,
               handler answer, server_limits limits);

    virtual ~server() = default;

    /// Where it listens: "unix:/path", "127.0.0.1:9464", "[::1]:9464". Empty once it has ended.
    [[nodiscard]] virtual std::string place() const = 0;

    /// Serves until `stop`, then ends the connections and takes a socket file away, if it is
    /// still this server's. Returns when nothing of it is left. Call it once.
    [[nodiscard]] virtual task<void> run(runtime::stop_signal& stop) = 0;
};

} // namespace retraind::http
