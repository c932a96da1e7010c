#include "sidecar_json.hpp"

#include <cmath>

#include <boost/json/parser.hpp>
#include <fmt/format.h>

#include "sidecar_text.hpp"

namespace retraind::intake {

namespace json = boost::json;

result<json::value> parse_sidecar_json(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    json::parser parser;
    boost::system::error_code failed;
    const std::size_t read = parser.write_some(text.data(), text.size(), failed);
    const std::string_view rest = text.substr(read);
    if (!failed && rest.find_first_not_of(" \t\r\n") != std::string_view::npos) {
        failed = json::error::extra_data;
    }
    if (failed) {
        return fail(errc::invalid,
                    fmt::format("line {}: is no JSON: {}", line_at(text, read), failed.message()));
    }
    return parser.release();
}

result<double> json_number(const json::object& from, std::string_view name) {
    const json::value* member = from.if_contains({name.data(), name.size()});
    if (member == nullptr) {
        return fail(errc::invalid, fmt::format("has no {}", name));
    }
    boost::system::error_code failed;
    const double number = member->is_number() ? member->to_number<double>(failed) : NAN;
    if (failed || !std::isfinite(number)) {
        return fail(errc::invalid, fmt::format("{} is not a number", name));
    }
    return number;
}

result<std::string_view> json_text(const json::object& from, std::string_view name) {
    const json::value* member = from.if_contains({name.data(), name.size()});
    if (member == nullptr) {
        return fail(errc::invalid, fmt::format("has no {}", name));
    }
    if (!member->is_string()) {
        return fail(errc::invalid, fmt::format("{} is not a text", name));
    }
    const json::string& text = member->get_string();
    return std::string_view(text.data(), text.size());
}

} // namespace retraind::intake
