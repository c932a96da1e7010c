#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <openssl/ssl.h>

#include "sandbox/openssl_ptr.hpp"

namespace sandbox::test {

/// An answer as it came.
struct answer {
    int status = 0;
    std::string head; ///< status line and fields, without the empty line
    std::string body;

    /// A field's value; empty where there is none.
    [[nodiscard]] std::string field(std::string_view name) const;
};

/// A blocking HTTPS client that sends what it is told, however wrong. Nothing waits over 10 s.
class tls_client {
public:
    /// Throws std::runtime_error where the handshake fails, and that includes a certificate that is
    /// not of `ca` or not for `name`.
    tls_client(std::uint16_t port, const std::filesystem::path& ca, const std::string& name);
    ~tls_client();
    tls_client(const tls_client&) = delete;
    tls_client& operator=(const tls_client&) = delete;

    /// False once the other side is gone.
    bool send(std::string_view bytes);
    /// The next answer; nothing where the connection ends first.
    [[nodiscard]] std::optional<answer> receive();
    /// Whether the other side ends the connection without another byte.
    [[nodiscard]] bool ended();

private:
    [[nodiscard]] bool fill();

    int socket_ = -1;
    std::unique_ptr<SSL_CTX, openssl_free<SSL_CTX_free>> context_;
    std::unique_ptr<SSL, openssl_free<SSL_free>> stream_;
    std::string received_;
};

} // namespace sandbox::test
