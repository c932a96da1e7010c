#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <arpa/inet.h>

#include "blocks.hpp"
#include "values.hpp"

namespace retraind::config {
namespace {

constexpr std::string_view scheme = "unix:";

std::optional<std::uint16_t> port_of(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool whole = failed == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(port) : std::nullopt;
}

std::optional<report::tcp_place> ipv4_place(const std::string& address, std::uint16_t port) {
    in_addr bytes{};
    if (::inet_pton(AF_INET, address.c_str(), &bytes) != 1) {
        return std::nullopt;
    }
    constexpr std::uint32_t loopback_net = 127;
    constexpr unsigned first_byte = 24;
    return report::tcp_place{address, port, ntohl(bytes.s_addr) >> first_byte == loopback_net};
}

std::optional<report::tcp_place> ipv6_place(const std::string& address, std::uint16_t port) {
    in6_addr bytes{};
    if (::inet_pton(AF_INET6, address.c_str(), &bytes) != 1) {
        return std::nullopt;
    }
    return report::tcp_place{address, port, IN6_IS_ADDR_LOOPBACK(&bytes) != 0};
}

/// `127.0.0.1:9464`, `[::1]:9464`, `localhost:9464`. Other names are not taken: what they stand for
/// can change, and with it who reaches the port.
std::optional<report::tcp_place> tcp_place_of(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto port = port_of(text.substr(colon + 1));
    std::string_view host = text.substr(0, colon);
    if (!port || host.empty()) {
        return std::nullopt;
    }
    if (host == "localhost") {
        return report::tcp_place{"127.0.0.1", *port, true};
    }
    if (host.front() == '[' && host.back() == ']') {
        return ipv6_place(std::string(host.substr(1, host.size() - 2)), *port);
    }
    return ipv4_place(std::string(host), *port);
}

void take_listen(reader& in, const YAML::Node& node, report::admin_options& admin) {
    const auto text = text_value().read(in, node);
    if (!text) {
        return;
    }
    if (text->starts_with(scheme) && text->size() > scheme.size()) {
        admin.unix_path = in.absolute(std::string_view(*text).substr(scheme.size()));
        return;
    }
    admin.tcp = tcp_place_of(*text);
    if (!admin.tcp) {
        in.wrong(node, fmt::format("\"{}\" is neither a Unix socket nor an IP address with a port; "
                                   "write unix:/run/retraind/admin.sock, 127.0.0.1:9464 or "
                                   "\"[::1]:9464\"",
                                   *text));
    }
}

} // namespace

const table<report::admin_options>& admin_table() {
    static const table<report::admin_options> rows{
        own_row<report::admin_options>(
            "listen", {"unix:path or address:port", schema::matching("^(unix:.|.+:[0-9]+$)")},
            "unix:/run/retraind/admin.sock",
            "where health, status and metrics (metrics.md) are asked for; the default is "
            "admin.sock in "
            "$RUNTIME_DIRECTORY, else in state; with an address that socket is there too",
            take_listen),
        row("token_file", optional_path_value{}, &report::admin_options::token_file, "off",
            "a file with the token that who asks by TCP must send; without it only loopback "
            "addresses are listened on"),
    };
    return rows;
}

void check_admin(reader& in, const YAML::Node& block, const report::admin_options& admin) {
    constexpr std::size_t longest = 107; // sockaddr_un::sun_path without its end
    if (admin.unix_path.size() > longest) {
        in.wrong_at(
            0, 0, "admin.listen",
            fmt::format("{} has {} bytes; a socket's path has at most {}; write a shorter one",
                        admin.unix_path, admin.unix_path.size(), longest));
    }
    if (!block || !block.IsMap()) {
        return;
    }
    const reader::scope inside(in, "admin");
    const YAML::Node listen = block["listen"];
    if (admin.tcp && !admin.tcp->loopback && !admin.token_file) {
        const reader::scope key(in, "listen");
        in.wrong(listen,
                 "can be reached from other machines, so it needs admin.token_file: a file with "
                 "the token that who asks must send");
    }
    const bool by_socket = !listen || (listen.IsScalar() && listen.Scalar().starts_with(scheme));
    if (admin.token_file && by_socket) {
        const reader::scope key(in, "token_file");
        in.wrong(block["token_file"], "has no use without an address in admin.listen");
    }
}

} // namespace retraind::config
