#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "sandbox/http/server.hpp"

namespace sandbox::service::test {

/// A web server on loopback that hands out what it was given. Everything else is a 404.
class picture_server {
public:
    enum class transport { plain, tls };

    /// `folder`: where the certificate authority, ca.pem, is made or taken from.
    explicit picture_server(const std::filesystem::path& folder, transport over = transport::plain);
    ~picture_server();
    picture_server(const picture_server&) = delete;
    picture_server& operator=(const picture_server&) = delete;

    /// Under the name, from now on; the address of it.
    std::string put(const std::string& name, std::string bytes);
    std::string put(const std::string& name, http::response answer);
    /// An address that is not answered before something else is put there or the server ends.
    std::string put_silence(const std::string& name);
    [[nodiscard]] std::string address_of(const std::string& name) const;
    [[nodiscard]] int most_at_once() const { return most_at_once_; }

private:
    http::response stored(const std::string& name);
    http::response answer(const std::string& name);

    std::string scheme_;
    std::mutex mutex_;
    std::map<std::string, http::response> answers_;
    std::atomic<bool> is_ending_ = false;
    std::atomic<int> at_once_ = 0;
    std::atomic<int> most_at_once_ = 0;
    http::server server_;
    std::thread thread_;
};

} // namespace sandbox::service::test
