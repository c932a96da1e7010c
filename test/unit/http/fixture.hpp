#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "retraind/http/client_transport.hpp"
#include "support/run_task.hpp"
#include "support/scripted_server.hpp"
#include "support/tls_authority.hpp"

namespace retraind::http::testing {

inline constexpr const char* loopback_names = "DNS:localhost,IP:127.0.0.1";

/// Making keys takes a while, and no test changes them.
inline const retraind::testing::tls_authority& authority() {
    static const retraind::testing::tls_authority made;
    return made;
}

inline const retraind::testing::tls_identity& loopback_identity() {
    static const auto made = authority().issue(loopback_names);
    return made;
}

/// A loop, a server with a good certificate and a transport that trusts its issuer.
struct served {
    explicit served(retraind::testing::scripted_server::script play)
        : served(loopback_identity(), std::move(play)) {}

    served(std::optional<retraind::testing::tls_identity> identity,
           retraind::testing::scripted_server::script play, const std::string& host = "127.0.0.1")
        : server(loop, identity, std::move(play)) {
        client_options options;
        options.server = {host, server.port(), identity.has_value(), {}};
        options.ca_file = authority().file().string();
        client = make_transport(loop.get_executor(), options, system_clock());
    }

    result<response> send(request message) { return send(std::move(message), {}); }

    result<response> send(request message, const phase_limits& limits) {
        return retraind::testing::run_task(loop, client->send(std::move(message), limits));
    }

    boost::asio::io_context loop;
    retraind::testing::scripted_server server;
    std::unique_ptr<transport> client;
};

inline request get(std::string target) {
    request message;
    message.method = "GET";
    message.target = std::move(target);
    return message;
}

/// A body of `said` bytes that gives `given`, piece by piece, and then `failure` where there is
/// one.
class made_body final : public body_source {
public:
    made_body(std::uint64_t said, std::uint64_t given, std::size_t piece)
        : said_(said), left_(given), buffer_(piece, std::byte{'x'}) {}

    std::uint64_t size() const noexcept override { return said_; }

    task<result<std::span<const std::byte>>> next() override {
        if (left_ == 0 && failure) {
            co_return tl::unexpected(*failure);
        }
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(left_, buffer_.size()));
        left_ -= count;
        co_return std::span<const std::byte>(buffer_).first(count);
    }

    std::uint64_t left() const noexcept { return left_; }

    std::optional<error> failure;

private:
    std::uint64_t said_;
    std::uint64_t left_;
    std::vector<std::byte> buffer_;
};

inline request post(std::shared_ptr<body_source> body) {
    request message;
    message.method = "POST";
    message.target = "/images";
    message.body = std::move(body);
    return message;
}

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

} // namespace retraind::http::testing
