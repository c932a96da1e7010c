#include "retraind/http/retry_after_codec.hpp"

#include "retraind/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <ctime>
#include <string>

namespace retraind::http {
namespace {

/// A number of seconds with more digits is a mistake, and could not be added to a time.
constexpr std::size_t most_digits = 9;

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

std::string lower_case(std::string_view text) {
    std::string lowered(text);
    std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    return lowered;
}

/// Takes the digits at the front of `text`.
std::optional<std::int64_t> take_number(std::string_view& text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    if (digits.empty() || digits.size() > most_digits) {
        return std::nullopt;
    }
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    text.remove_prefix(digits.size());
    return number;
}

std::optional<duration> parse_seconds(std::string_view text) {
    const auto number = take_number(text);
    if (!number || !text.empty()) {
        return std::nullopt;
    }
    return std::chrono::seconds(*number);
}

/// What stands behind `lead` when it is `N second(s)` or `N minute(s)`.
std::optional<duration> wait_behind(std::string_view text, std::string_view lead) {
    const auto at = text.find(lead);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    text.remove_prefix(at + lead.size());
    const auto number = take_number(text);
    if (!number) {
        return std::nullopt;
    }
    text = trim(text);
    if (text.starts_with("second")) {
        return std::chrono::seconds(*number);
    }
    if (text.starts_with("minute")) {
        return std::chrono::minutes(*number);
    }
    return std::nullopt;
}

} // namespace

std::optional<wall_time> parse_http_date(std::string_view text) {
    const std::string whole(text);
    std::tm parts{};
    const char* end = ::strptime(whole.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (end == nullptr || *end != '\0') {
        return std::nullopt;
    }
    return wall_time(std::chrono::seconds(::timegm(&parts)));
}

std::optional<duration> parse_retry_after(std::string_view value, wall_time now) {
    value = trim(value);
    if (const auto seconds = parse_seconds(value)) {
        return seconds;
    }
    const auto date = parse_http_date(value);
    if (!date) {
        return std::nullopt;
    }
    return std::max(duration::zero(), std::chrono::duration_cast<duration>(*date - now));
}

std::optional<duration> find_retry_words(std::string_view message) {
    const std::string text = lower_case(message);
    constexpr std::array<std::string_view, 4> leads{"retry after ", "retry in ", "try again in ",
                                                    "try again after "};
    for (const std::string_view lead : leads) {
        if (const auto found = wait_behind(text, lead)) {
            return found;
        }
    }
    return std::nullopt;
}

std::optional<duration> requested_wait(std::optional<std::string_view> field,
                                       std::string_view message, wall_time now) {
    if (field) {
        if (const auto asked = parse_retry_after(*field, now)) {
            return asked;
        }
    }
    return find_retry_words(message);
}

} // namespace retraind::http
