#include "json_reader.hpp"

#include "retraind/base/text.hpp"
#include "xml_codec.hpp"
#include "xml_document_rules.hpp"

#include <boost/json/parse.hpp>

#include <fmt/format.h>

#include <cmath>

namespace retraind::customvision {
namespace {

namespace json = boost::json;

constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t most_depth = 32;

result<json::value> parse_json(std::string_view body) {
    if (body.size() > most_bytes) {
        return fail(errc::protocol, fmt::format("the answer has {} bytes", body.size()));
    }
    json::parse_options options;
    options.max_depth = most_depth;
    json::error_code code;
    json::value document = json::parse(body, code, {}, options);
    if (code) {
        return fail(errc::protocol, "the answer is not JSON: " + code.message());
    }
    return document;
}

std::optional<double> number_in(const json::value& member, bool xml) {
    if (xml) {
        return xml_number(member);
    }
    json::error_code code;
    const double value = member.to_number<double>(code);
    return code ? std::nullopt : std::optional(value);
}

std::optional<bool> flag_in(const json::value& member, bool xml) {
    if (xml) {
        return xml_flag(member);
    }
    const bool* value = member.if_bool();
    return value == nullptr ? std::nullopt : std::optional(*value);
}

} // namespace

result<json::value> parse_document(std::string_view body, notation written) {
    return written == notation::xml ? parse_xml(body) : parse_json(body);
}

json_reader::json_reader(const json::value& from, std::string where, notation written)
    : object_(from.if_object()), where_(std::move(where)), xml_(written == notation::xml) {
    if (object_ == nullptr) {
        note(where_, "not an object");
    }
}

std::string json_reader::text(std::string_view name) {
    const json::value* member = find(name);
    if (member == nullptr) {
        return {};
    }
    if (!member->is_string()) {
        note(member_path(name), "not a string");
        return {};
    }
    return std::string(std::string_view(member->get_string()));
}

std::string json_reader::required_text(std::string_view name) {
    require(name);
    return text(name);
}

std::optional<std::string> json_reader::filled_text(std::string_view name) {
    std::string value = text(name);
    return value.empty() ? std::nullopt : std::optional(std::move(value));
}

bool json_reader::flag(std::string_view name) {
    const json::value* member = find_filled(name);
    if (member == nullptr) {
        return false;
    }
    const std::optional<bool> value = flag_in(*member, xml_);
    if (!value) {
        note(member_path(name), "neither true nor false");
    }
    return value.value_or(false);
}

std::map<std::string, std::string> json_reader::texts(std::string_view name) {
    std::map<std::string, std::string> values;
    const json::value* member = find_filled(name);
    if (member == nullptr) {
        return values;
    }
    if (!member->is_object()) {
        note(member_path(name), "not an object");
        return values;
    }
    if (const auto pairs = xml_ ? xml_key_values(member->get_object()) : std::nullopt) {
        return *pairs;
    }
    for (const auto& each : member->get_object()) {
        if (each.value().is_string()) {
            values.emplace(each.key(), each.value().get_string());
        }
    }
    return values;
}

std::optional<double> json_reader::finite(std::string_view name) {
    const json::value* member = find_filled(name);
    if (member == nullptr) {
        return std::nullopt;
    }
    const std::optional<double> value = number_in(*member, xml_);
    if (!value || !std::isfinite(*value)) {
        note(member_path(name), "not a number");
        return std::nullopt;
    }
    return value;
}

double json_reader::number(std::string_view name) {
    return finite(name).value_or(0);
}

std::uint64_t json_reader::count(std::string_view name) {
    constexpr double most = 9007199254740992.0; // above it a double skips whole numbers
    const double value = finite(name).value_or(0);
    if (value < 0 || value > most || value != std::floor(value)) {
        note(member_path(name), "not a count");
        return 0;
    }
    return static_cast<std::uint64_t>(value);
}

std::optional<wall_time> json_reader::time(std::string_view name) {
    const auto written = filled_text(name);
    if (!written) {
        return std::nullopt;
    }
    const auto value = parse_utc(*written);
    if (!value) {
        note(member_path(name), "not a time");
        return std::nullopt;
    }
    return *value;
}

void json_reader::require(std::string_view name) {
    if (object_ != nullptr && find_filled(name) == nullptr) {
        note(member_path(name), "missing");
    }
}

const json::value* json_reader::find(std::string_view name) const {
    const json::value* member = object_ == nullptr ? nullptr : object_->if_contains(name);
    if (member == nullptr && object_ != nullptr && xml_) {
        member = xml_member(*object_, name);
    }
    return member == nullptr || member->is_null() ? nullptr : member;
}

const json::value* json_reader::find_filled(std::string_view name) const {
    const json::value* member = find(name);
    return member != nullptr && xml_ && is_blank_xml(*member) ? nullptr : member;
}

std::vector<const json::value*> json_reader::items_of(const json::value& list,
                                                      const std::string& where) {
    if (xml_) {
        if (auto items = xml_items(list)) {
            return *std::move(items);
        }
    } else if (const json::array* array = list.if_array()) {
        std::vector<const json::value*> items;
        items.reserve(array->size());
        for (const json::value& each : *array) {
            items.push_back(&each);
        }
        return items;
    }
    note(where, "not an array");
    return {};
}

std::optional<boost::uuids::uuid> json_reader::guid(std::string_view name) {
    const std::string written = text(name);
    const auto value = parse_guid(written);
    if (value) {
        return *value;
    }
    if (find_filled(name) != nullptr) {
        note(member_path(name), "not a GUID");
    }
    return std::nullopt;
}

std::string json_reader::member_path(std::string_view name) const {
    return where_.empty() ? std::string(name) : fmt::format("{}.{}", where_, name);
}

void json_reader::note(const std::string& where, std::string_view complaint) {
    if (!failure_) {
        failure_ = error{errc::protocol,
                         fmt::format("{}: {}", where.empty() ? "the answer" : where, complaint)};
    }
}

void json_reader::adopt(const json_reader& inner) {
    if (!failure_) {
        failure_ = inner.failure_;
    }
}

} // namespace retraind::customvision
