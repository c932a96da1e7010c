#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sandbox/http/fault_store.hpp"
#include "sandbox/http/gateway.hpp"
#include "sandbox/http/message.hpp"
#include "sandbox/http/router.hpp"

namespace sandbox::http {

/// Performs an operation. Called from several threads at once, may block, and gets only requests
/// that passed the gateway; the request carries its id as the header apim-request-id, and its body
/// may be taken. What it throws is answered with 500.
using handler = std::function<response(request&, const route&)>;

/// A certificate chain and its key, PEM.
struct tls_files {
    std::filesystem::path chain;
    std::filesystem::path key;
};

struct server_options {
    std::string address = "127.0.0.1"; ///< an IP literal
    std::uint16_t port = 0;            ///< 0: a free one
    std::optional<tls_files> tls;      ///< nothing: plain HTTP
    std::size_t handler_threads = 4;
    std::size_t fetching_threads = 4; ///< beside those, for operations that fetch addresses
    std::function<void(std::string_view)> log; ///< one line a call; called on the loop's thread
};

/// HTTP/1.1 over TLS 1.2 or newer: keep-alive, chunked bodies, Expect: 100-continue, bounded heads,
/// bodies and waiting times. Bad HTTP gets 400 and the end of the connection.
class server {
public:
    /// Binds and listens; throws std::runtime_error with a sentence where that fails, and
    /// boost::system::system_error where the certificate cannot be used.
    server(server_options options, gateway::keys keys, tier current, fault_store faults);
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    /// The port it listens on. Connections are taken from now on, answered from run() on.
    [[nodiscard]] std::uint16_t port() const;

    /// Serves until stop(), SIGTERM or SIGINT, then finishes what is being answered, within two
    /// seconds, and returns.
    /// `interrupt` is called before the last answers are waited for: what they wait for themselves
    /// must end then.
    void run(handler perform, const std::function<void()>& interrupt = {});

    /// Ends run(); any thread.
    void stop();

private:
    class implementation;
    std::unique_ptr<implementation> implementation_;
};

} // namespace sandbox::http
