#include "retraind/http/options.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace retraind::http {
namespace {

constexpr std::string_view example = "write https://NAME.cognitiveservices.azure.com";

bool is_ipv6(const std::string& host) {
    in6_addr parsed{};
    return ::inet_pton(AF_INET6, host.c_str(), &parsed) == 1;
}

bool is_loopback(const std::string& host) {
    in_addr four{};
    if (::inet_pton(AF_INET, host.c_str(), &four) == 1) {
        constexpr std::uint32_t loopback_net = 127;
        constexpr unsigned to_first_octet = 24;
        return ntohl(four.s_addr) >> to_first_octet == loopback_net;
    }
    return host == "localhost" || host == "::1";
}

bool is_host_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' ||
           letter == '.' || letter == '_';
}

bool is_path_letter(char letter) {
    constexpr std::string_view marks = "/-._~!$&'()*+,;=:@%";
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || marks.find(letter) != std::string_view::npos;
}

std::string lower_case(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lowered;
}

result<bool> take_scheme(std::string_view& rest) {
    const auto end = rest.find("://");
    if (end == std::string_view::npos) {
        return fail(errc::invalid, fmt::format("is not an address; {}", example));
    }
    const std::string scheme = lower_case(rest.substr(0, end));
    if (scheme != "https" && scheme != "http") {
        return fail(errc::invalid, fmt::format("is not an https address; {}", example));
    }
    rest.remove_prefix(end + 3);
    return scheme == "https";
}

/// Takes what stands before the path: a host, or an IPv6 address in brackets.
result<std::string> take_host(std::string_view& authority) {
    const bool bracketed = authority.starts_with('[');
    const auto end = bracketed ? authority.find(']') : authority.find(':');
    if (bracketed && end == std::string_view::npos) {
        return fail(errc::invalid, "lacks the closing bracket of its IPv6 address");
    }
    std::string host = lower_case(authority.substr(0, end));
    authority.remove_prefix(std::min(authority.size(), end));
    if (bracketed) {
        host.erase(0, 1);
        authority.remove_prefix(1);
        if (!is_ipv6(host)) {
            return fail(errc::invalid, "has no IPv6 address between its brackets");
        }
        return host;
    }
    constexpr std::size_t longest_name = 253;
    const bool plain = std::all_of(host.begin(), host.end(), is_host_letter);
    if (host.empty() || host.size() > longest_name || !plain || host.front() == '.' ||
        host.find("..") != std::string::npos) {
        return fail(errc::invalid, fmt::format("has no host name that can be used; {}", example));
    }
    return host;
}

result<std::string> take_port(std::string_view authority, bool tls) {
    if (authority.empty()) {
        return tls ? "443" : "80";
    }
    unsigned port = 0;
    const char* end = authority.data() + authority.size();
    const auto [stop, code] = std::from_chars(authority.data() + 1, end, port);
    constexpr unsigned highest = 65535;
    if (authority.front() != ':' || code != std::errc() || stop != end || port == 0 ||
        port > highest) {
        return fail(errc::invalid, "has no port from 1 to 65535 behind its host");
    }
    return std::to_string(port);
}

result<std::string> path_of(std::string_view rest) {
    if (rest.find_first_of("?#") != std::string_view::npos) {
        return fail(errc::invalid, "has a query or a fragment; an endpoint is host and path only");
    }
    if (!std::all_of(rest.begin(), rest.end(), is_path_letter)) {
        return fail(errc::invalid, "has a character in its path that must be percent-encoded");
    }
    const auto end = rest.find_last_not_of('/');
    return std::string(end == std::string_view::npos ? "" : rest.substr(0, end + 1));
}

} // namespace

result<endpoint> parse_endpoint(std::string_view address) {
    const auto tls = take_scheme(address);
    if (!tls) {
        return tl::unexpected(tls.error());
    }
    std::string_view authority = address.substr(0, address.find_first_of("/?#"));
    const auto path = path_of(address.substr(authority.size()));
    if (authority.find('@') != std::string_view::npos) {
        return fail(errc::invalid, "has a user name in it; the key goes into its own file");
    }
    const auto host = take_host(authority);
    if (!host) {
        return tl::unexpected(host.error());
    }
    const auto port = take_port(authority, *tls);
    if (!port) {
        return tl::unexpected(port.error());
    }
    if (!path) {
        return tl::unexpected(path.error());
    }
    if (!*tls && !is_loopback(*host)) {
        return fail(errc::invalid, "is plain http, which would show the key to the network; write "
                                   "https (http is for this machine only)");
    }
    return endpoint{*host, *port, *tls, *path};
}

} // namespace retraind::http
