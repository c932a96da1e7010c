#include "sandbox/service/answer_notation.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "sandbox/service/body_types.hpp"
#include "sandbox/service/xml_codec.hpp"

namespace sandbox::service {

namespace {

constexpr auto offered = std::to_array<std::string_view>({
    "application/json",
    "application/xml",
    "text/xml",
});
constexpr unsigned first_error_status = 400;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos
               ? std::string_view()
               : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The text before the next `separator`, which goes with it.
std::string_view take_part(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const std::string_view part = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

double quality_in(std::string_view parameters) {
    while (!parameters.empty()) {
        std::string_view value = take_part(parameters, ';');
        if (http::equal_without_case(take_part(value, '='), "q")) {
            double quality = 0;
            value = trimmed(value);
            std::from_chars(value.data(), value.data() + value.size(), quality);
            return std::clamp(quality, 0.0, 1.0);
        }
    }
    return 1;
}

/// How closely a range names a type: 3 for itself, 2 for its family, 1 for all; 0 for another.
int closeness(std::string_view range, std::string_view type) {
    if (http::equal_without_case(range, type)) {
        return 3;
    }
    const std::string_view family = type.substr(0, type.find('/') + 1);
    if (range.ends_with("/*") &&
        http::equal_without_case(range.substr(0, range.size() - 1), family)) {
        return 2;
    }
    return range == "*/*" ? 1 : 0;
}

double quality_of(std::string_view type, std::string_view accept) {
    int closest = 0;
    double quality = 0;
    while (!accept.empty()) {
        std::string_view parameters = take_part(accept, ',');
        const int close = closeness(take_part(parameters, ';'), type);
        if (close > closest) {
            closest = close;
            quality = quality_in(parameters);
        }
    }
    return quality;
}

/// Several headers are one list.
std::string accept_of(const http::request& asked) {
    std::string list;
    for (const http::header_field& field : asked.headers) {
        if (http::equal_without_case(field.name, "Accept")) {
            list += (list.empty() ? "" : ",") + field.value;
        }
    }
    return list;
}

} // namespace

std::string_view preferred_media_type(std::string_view accept) {
    std::string_view best = offered.front();
    double best_quality = quality_of(best, accept);
    for (const std::string_view type : offered) {
        const double quality = quality_of(type, accept);
        if (quality > best_quality) {
            best = type;
            best_quality = quality;
        }
    }
    return best;
}

void apply_accept(const http::request& asked, std::string_view operation, http::response& answer) {
    const std::string_view wanted = preferred_media_type(accept_of(asked));
    if (wanted == offered.front() || !answer.content_type.starts_with(offered.front())) {
        return;
    }
    const bool is_refusal = answer.status >= first_error_status;
    const std::string_view root = is_refusal ? "CustomVisionError" : answer_root_of(operation);
    answer.body = xml_text(boost::json::parse(answer.body), root);
    answer.content_type = fmt::format("{}; charset=utf-8", wanted);
}

} // namespace sandbox::service
