#include "sandbox/http/target.hpp"

#include <algorithm>

#include "sandbox/http/message.hpp"

namespace sandbox::http {

namespace {

int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::optional<char> unescape(std::string_view text) noexcept {
    if (text.size() < 3) {
        return std::nullopt;
    }
    const int high = hex_value(text[1]);
    const int low = hex_value(text[2]);
    const int value = high * 16 + low;
    if (high < 0 || low < 0 || value == 0) {
        return std::nullopt;
    }
    return static_cast<char>(value);
}

enum class plus { literal, blank };

std::optional<std::string> decode(std::string_view text, plus meaning) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const auto byte = unescape(text.substr(i));
            if (!byte) {
                return std::nullopt;
            }
            decoded.push_back(*byte);
            i += 2;
        } else {
            decoded.push_back(text[i] == '+' && meaning == plus::blank ? ' ' : text[i]);
        }
    }
    return decoded;
}

/// What follows the authority of an absolute form; the text itself in origin form.
std::string_view without_authority(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (equal_without_case(text.substr(0, scheme.size()), scheme)) {
            const auto path = text.find('/', scheme.size());
            return path == std::string_view::npos ? std::string_view("/") : text.substr(path);
        }
    }
    return text;
}

bool add_field(target& parsed, std::string_view field) {
    const auto equals = std::min(field.find('='), field.size());
    auto name = decode(field.substr(0, equals), plus::blank);
    auto value = decode(field.substr(std::min(equals + 1, field.size())), plus::blank);
    if (name && value && !field.empty()) {
        parsed.query.emplace_back(std::move(*name), std::move(*value));
    }
    return name && value;
}

} // namespace

std::optional<target> parse_target(std::string_view text) {
    text = without_authority(text);
    if (text.empty() || text.front() != '/') {
        return std::nullopt;
    }
    const auto question = std::min(text.find('?'), text.size());
    auto path = decode(text.substr(0, question), plus::literal);
    if (!path) {
        return std::nullopt;
    }
    target parsed{std::move(*path), {}};
    for (text.remove_prefix(std::min(question + 1, text.size())); !text.empty();) {
        const auto end = std::min(text.find('&'), text.size());
        if (!add_field(parsed, text.substr(0, end))) {
            return std::nullopt;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parsed;
}

} // namespace sandbox::http
