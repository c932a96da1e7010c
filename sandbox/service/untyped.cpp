#include "sandbox/service/untyped.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "sandbox/http/message.hpp"

namespace sandbox::service {

namespace json = boost::json;

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

template <class Number>
std::optional<json::value> parse_number(std::string_view text) {
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_whole = failed == std::errc() && end == text.data() + text.size();
    return is_whole ? std::optional(json::value(number)) : std::nullopt;
}

std::optional<json::value> parse_boolean(std::string_view text) {
    if (http::equal_without_case(text, "true") || text == "1") {
        return json::value(true);
    }
    if (http::equal_without_case(text, "false") || text == "0") {
        return json::value(false);
    }
    return std::nullopt;
}

} // namespace

json::value typed_value(json::string text, body_type::form wanted) {
    const std::string_view seen = trimmed(text);
    std::optional<json::value> typed;
    if (wanted == body_type::form::number) {
        typed = parse_number<std::int64_t>(seen);
        typed = typed ? std::move(typed) : parse_number<double>(seen);
    } else if (wanted == body_type::form::boolean) {
        typed = parse_boolean(seen);
    } else if (wanted == body_type::form::bytes) {
        const auto end = std::remove_if(text.begin(), text.end(), [](char c) {
            return blanks.find(c) != std::string_view::npos;
        });
        text.resize(static_cast<std::size_t>(end - text.begin()));
    }
    return typed ? std::move(*typed) : json::value(std::move(text));
}

} // namespace sandbox::service
