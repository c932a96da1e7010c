#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "sandbox/certificates.hpp"
#include "sandbox/http/server.hpp"
#include "temporary_folder.hpp"
#include "tls_client.hpp"

namespace sandbox::test {

/// A server on loopback over TLS, whose operations answer with the length of the body. Keys are
/// "training" and "prediction".
class served {
public:
    served();
    ~served();
    served(const served&) = delete;
    served& operator=(const served&) = delete;

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] const std::filesystem::path& ca() const { return files_.ca; }
    /// A new connection that trusts the server's CA.
    [[nodiscard]] tls_client connect() const { return {port(), ca(), "localhost"}; }

    /// Replaces the faults file.
    void faults(const std::string& json);
    /// Ends the server and waits for that.
    void stop();
    [[nodiscard]] int handled() const { return handled_; }
    [[nodiscard]] http::request last() const;
    /// Waits until so many operations have begun since the start; false after 10 s.
    [[nodiscard]] bool wait_for_begun(int count) const;

    std::atomic<bool> throws = false;
    std::atomic<bool> blocked = false;         ///< while it is, operations do not come back
    std::atomic<bool> fetches_blocked = false; ///< the same for those that fetch addresses

private:
    http::response handle(const http::request& asked, const http::route& found);
    http::server_options options() const;

    temporary_folder folder_;
    certificate_files files_;
    std::atomic<int> begun_ = 0;
    std::atomic<int> handled_ = 0;
    mutable std::mutex mutex_;
    http::request last_;
    http::server server_;
    std::thread thread_;
};

/// "METHOD target" with Host, the training key, further lines (each ended by CRLF) and a body that
/// Content-Length announces.
[[nodiscard]] std::string request_text(const std::string& start, const std::string& lines = {},
                                       const std::string& body = {});

inline const std::string projects = "/customvision/v3.3/training/projects";
inline const std::string upload = projects + "/p/images/files";

} // namespace sandbox::test
