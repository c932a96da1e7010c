#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "retraind/runtime/task.hpp"
#include "support/tls_identity.hpp"

namespace retraind::testing {

/// The client's end of the line, as a script sees it.
class scripted_peer {
public:
    virtual ~scripted_peer() = default;
    /// A request's head with its empty line; empty when the client has gone.
    virtual task<std::string> read_head() = 0;
    /// Reads `count` bytes, or what comes until the client has gone; gives how many.
    virtual task<std::size_t> read_body(std::size_t count) = 0;
    virtual task<void> write(std::string text) = 0;
    /// Says goodbye as TLS does, and closes.
    virtual task<void> close() = 0;
    /// Closes without a goodbye.
    virtual void cut() = 0;
    /// The client sees "connection reset".
    virtual void reset() = 0;
    /// Neither reads nor ends.
    virtual task<void> stall() = 0;
};

/// A real server on a loopback port, on the test's own loop; each connection runs the script. What
/// it counts is read between runs of the loop, or within.
class scripted_server {
public:
    using script = std::function<task<void>(scripted_peer&)>;

    /// Plain TCP where there is no identity.
    scripted_server(boost::asio::io_context& loop, std::optional<tls_identity> identity,
                    script play);
    ~scripted_server();

    [[nodiscard]] std::string port() const;
    [[nodiscard]] std::size_t connections() const;
    /// Bytes of HTTP that came, over all connections.
    [[nodiscard]] std::size_t bytes_heard() const;
    /// The SNI of each handshake that was begun and reached the point where it is known.
    [[nodiscard]] const std::vector<std::string>& server_names() const;

    struct state;

private:
    std::shared_ptr<state> state_;
};

/// Plays `answer` to every request without a body, on one connection, until the client has gone.
[[nodiscard]] scripted_server::script always(std::string answer);

} // namespace retraind::testing
