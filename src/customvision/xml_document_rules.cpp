#include "xml_document_rules.hpp"

#include "retraind/base/text.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>

namespace retraind::customvision {
namespace {

namespace json = boost::json;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_name(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::optional<std::string_view> trimmed(const json::value& value) {
    const json::string* text = value.if_string();
    return text == nullptr ? std::nullopt : std::optional(trim(*text));
}

std::string text_member(const json::object& from, std::string_view name) {
    const json::value* member = xml_member(from, name);
    const json::string* text = member == nullptr ? nullptr : member->if_string();
    return text == nullptr ? std::string() : std::string(std::string_view(*text));
}

std::vector<const json::value*> elements_of(const json::array& list) {
    std::vector<const json::value*> items;
    items.reserve(list.size());
    for (const json::value& each : list) {
        items.push_back(&each);
    }
    return items;
}

} // namespace

bool is_blank_xml(const json::value& value) {
    const auto text = trimmed(value);
    return text && text->empty();
}

std::optional<double> xml_number(const json::value& value) {
    const auto text = trimmed(value);
    if (!text) {
        return std::nullopt;
    }
    double number = 0;
    const char* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? std::optional(number) : std::nullopt;
}

std::optional<bool> xml_flag(const json::value& value) {
    const auto text = trimmed(value);
    if (text && (same_name(*text, "true") || *text == "1")) {
        return true;
    }
    if (text && (same_name(*text, "false") || *text == "0")) {
        return false;
    }
    return std::nullopt;
}

const json::value* xml_member(const json::object& from, std::string_view name) {
    const auto found = std::find_if(from.begin(), from.end(), [name](const auto& member) {
        return same_name(member.key(), name);
    });
    return found == from.end() ? nullptr : &found->value();
}

std::optional<std::vector<const json::value*>> xml_items(const json::value& list) {
    if (const json::array* repeated = list.if_array()) {
        return elements_of(*repeated);
    }
    if (is_blank_xml(list)) {
        return std::vector<const json::value*>();
    }
    const json::object* object = list.if_object();
    if (object == nullptr) {
        return std::nullopt;
    }
    const json::value& first = object->begin()->value();
    if (object->size() > 1 || first.is_string() || first.is_null()) {
        return std::vector{&list};
    }
    return first.is_array() ? elements_of(first.get_array()) : std::vector{&first};
}

std::optional<std::map<std::string, std::string>> xml_key_values(const json::object& map) {
    const bool is_list =
        map.size() == 1 && !map.begin()->value().is_string() &&
        same_name(std::string_view(map.begin()->key()).substr(0, 10), "KeyValueOf");
    if (!is_list) {
        return std::nullopt;
    }
    const json::value& entries = map.begin()->value();
    std::map<std::string, std::string> values;
    const std::vector<const json::value*> list =
        entries.is_array() ? elements_of(entries.get_array()) : std::vector{&entries};
    for (const json::value* each : list) {
        if (const json::object* entry = each->if_object()) {
            values.emplace(text_member(*entry, "Key"), text_member(*entry, "Value"));
        }
    }
    return values;
}

} // namespace retraind::customvision
