#include "retraind/portal/record_codec.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace retraind::portal {
namespace {

namespace json = boost::json;

std::string shown(const json::value* member) {
    if (member == nullptr || member->is_null() || member->is_structured()) {
        return {};
    }
    if (const json::string* text = member->if_string()) {
        return std::string(*text);
    }
    return json::serialize(*member);
}

result<json::value> parsed(std::string_view text) {
    json::error_code failed;
    json::value document = json::parse(json::string_view(text.data(), text.size()), failed);
    if (failed) {
        return fail(errc::protocol, "the answer is no JSON: " + failed.message());
    }
    return document;
}

} // namespace

const json::value* record::find(std::string_view name) const {
    return object_.if_contains(json::string_view(name.data(), name.size()));
}

std::string record::text(std::string_view name) const {
    return shown(find(name));
}

std::string record::text(std::string_view outer, std::string_view name) const {
    const json::value* member = find(outer);
    if (member == nullptr || !member->is_object()) {
        return {};
    }
    return shown(member->get_object().if_contains(json::string_view(name.data(), name.size())));
}

std::optional<double> record::number(std::string_view name) const {
    const json::value* member = find(name);
    if (member == nullptr || !member->is_number()) {
        return std::nullopt;
    }
    return member->to_number<double>();
}

std::uint64_t record::count(std::string_view name) const {
    const json::value* member = find(name);
    if (member == nullptr) {
        return 0;
    }
    json::error_code failed;
    const auto value = member->to_number<std::uint64_t>(failed);
    return failed ? 0 : value;
}

bool record::flag(std::string_view name) const {
    const json::value* member = find(name);
    return member != nullptr && member->is_bool() && member->get_bool();
}

std::string record::minute(std::string_view name) const {
    const result<wall_time> at = parse_utc(text(name));
    if (!at) {
        return {};
    }
    constexpr std::size_t date = 10;
    constexpr std::size_t hour_and_minute = 5;
    const std::string whole = format_utc(*at);
    return whole.substr(0, date) + ' ' + whole.substr(date + 1, hour_and_minute);
}

std::vector<record> record::records(std::string_view name) const {
    std::vector<record> found;
    const json::value* member = find(name);
    if (member != nullptr && member->is_array()) {
        for (const json::value& each : member->get_array()) {
            if (each.is_object()) {
                found.emplace_back(each.get_object());
            }
        }
    }
    return found;
}

result<std::vector<record>> parse_records(std::string_view text) {
    const result<json::value> document = parsed(text);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (!document->is_array()) {
        return fail(errc::protocol, "the answer is no list");
    }
    std::vector<record> found;
    for (const json::value& each : document->get_array()) {
        if (!each.is_object()) {
            return fail(errc::protocol, fmt::format("[{}]: not an object", found.size()));
        }
        record next(each.get_object());
        if (!parse_guid(next.id_text())) {
            return fail(errc::protocol, fmt::format("[{}].id: not a GUID", found.size()));
        }
        found.push_back(std::move(next));
    }
    return found;
}

result<record> parse_record(std::string_view text) {
    const result<json::value> document = parsed(text);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (!document->is_object()) {
        return fail(errc::protocol, "the answer is no object");
    }
    return record(document->get_object());
}

std::string on_one_line(std::string_view text) {
    std::string line;
    bool in_string = false;
    bool escaped = false;
    for (const char letter : text) {
        if (!in_string && (letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n')) {
            continue;
        }
        line += letter;
        if (escaped) {
            escaped = false;
        } else if (letter == '\\') {
            escaped = in_string;
        } else if (letter == '"') {
            in_string = !in_string;
        }
    }
    return line;
}

} // namespace retraind::portal
