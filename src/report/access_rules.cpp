#include "retraind/report/access_rules.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>

#include "retraind/base/text.hpp"

namespace retraind::report {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_word(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char one, char other) { return lower(one) == lower(other); });
}

std::vector<std::string_view> values_of(const http::request& asked, std::string_view name) {
    std::vector<std::string_view> values;
    for (const http::header_field& each : asked.fields) {
        if (same_word(each.name, name)) {
            values.push_back(each.value);
        }
    }
    return values;
}

bool is_address(int family, std::string_view text) {
    in6_addr bytes{}; // room for either
    return ::inet_pton(family, std::string(text).c_str(), &bytes) == 1;
}

/// `127.0.0.1:9464`, `[::1]`, `localhost:9464`.
bool is_own_host(std::string_view value) {
    value = trim(value);
    if (value.starts_with('[')) {
        const std::size_t end = value.find(']');
        const bool port_follows =
            end != std::string_view::npos && (end + 1 == value.size() || value[end + 1] == ':');
        return port_follows && is_address(AF_INET6, value.substr(1, end - 1));
    }
    const std::string_view name = value.substr(0, value.find(':'));
    return same_word(name, "localhost") || is_address(AF_INET, name);
}

bool knows_token(const http::request& asked, const secret& token) {
    const std::vector<std::string_view> sent = values_of(asked, "Authorization");
    constexpr std::string_view scheme = "Bearer ";
    if (sent.size() != 1 || sent.front().size() <= scheme.size() ||
        !same_word(sent.front().substr(0, scheme.size()), scheme)) {
        return false;
    }
    return secret(std::string(trim(sent.front().substr(scheme.size())))).equals(token);
}

http::response refusal(unsigned status, std::string sentence) {
    http::response answer;
    answer.status = status;
    answer.fields.push_back({"Content-Type", "text/plain; charset=utf-8"});
    answer.body = std::move(sentence) + "\n";
    return answer;
}

} // namespace

std::optional<http::response> refuse_access(const http::request& asked, const secret& token) {
    const bool only_reads = asked.method == "GET" || asked.method == "HEAD";
    if (!token.empty()) {
        const std::string_view path =
            std::string_view(asked.target).substr(0, asked.target.find('?'));
        if ((only_reads && path == "/healthz") || knows_token(asked, token)) {
            return std::nullopt;
        }
        http::response answer =
            refusal(401, "send Authorization: Bearer with the token of admin.token_file");
        answer.fields.push_back({"WWW-Authenticate", "Bearer realm=\"retraind\""});
        return answer;
    }
    const std::vector<std::string_view> hosts = values_of(asked, "Host");
    if (hosts.size() != 1 || !is_own_host(hosts.front())) {
        return refusal(403, "the Host of the request is neither an IP address nor localhost; ask "
                            "by address, let a proxy send its own Host, or set admin.token_file");
    }
    if (!only_reads) {
        return refusal(403, "without admin.token_file nothing is changed through this port; use "
                            "the Unix socket");
    }
    return std::nullopt;
}

} // namespace retraind::report
