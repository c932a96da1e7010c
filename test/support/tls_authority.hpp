#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "support/tls_identity.hpp"

namespace retraind::testing {

/// A certificate authority made at run time; its certificate lies in a file for as long as it
/// lives.
class tls_authority {
public:
    tls_authority();
    ~tls_authority();
    tls_authority(const tls_authority&) = delete;
    tls_authority& operator=(const tls_authority&) = delete;

    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }

    /// `names` in OpenSSL's words: "DNS:localhost,IP:127.0.0.1". Valid from and until, from now.
    [[nodiscard]] tls_identity issue(const std::string& names, std::chrono::hours from,
                                     std::chrono::hours until) const;
    /// Valid today.
    [[nodiscard]] tls_identity issue(const std::string& names) const;

private:
    tls_identity self_;
    std::filesystem::path file_;
};

/// A certificate that vouches for itself.
[[nodiscard]] tls_identity self_signed(const std::string& names);

} // namespace retraind::testing
