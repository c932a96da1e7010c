#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace sandbox {

/// The files of a data folder that TLS needs, all PEM.
struct certificate_files {
    std::filesystem::path ca;    ///< ca.pem: what a client trusts
    std::filesystem::path chain; ///< server.pem: the server's certificate, then the CA's
    std::filesystem::path key;   ///< server-key.pem, 0600
};

/// Makes a certificate authority (EC P-256) and a server certificate in `folder`, or keeps those
/// that are there. The certificate is for localhost, 127.0.0.1, ::1, this machine's name and `host`
/// (an IP literal or a name); it is made anew when it ends within 30 days, is not for `host`, or is
/// not of the CA; the CA when it ends before a new certificate would, and then clients need the new
/// ca.pem. Throws std::runtime_error with a sentence.
[[nodiscard]] certificate_files ensure_certificates(const std::filesystem::path& folder,
                                                    const std::string& host,
                                                    std::chrono::system_clock::time_point now);

} // namespace sandbox
