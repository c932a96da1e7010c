#include "retraind/config/schema_codec.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

namespace retraind::config {
namespace {

namespace json = boost::json;

json::value scalar_value(const std::string& text) {
    if (text == "true" || text == "false") {
        return text == "true";
    }
    const char* end = text.data() + text.size();
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(text.data(), end, whole);
        read.ptr == end && end != text.data()) {
        return whole;
    }
    double number = 0;
    if (const auto read = std::from_chars(text.data(), end, number);
        read.ptr == end && end != text.data()) {
        return number;
    }
    return json::value(text);
}

/// A default as the table writes it, which is YAML.
json::value value_of(const YAML::Node& node) {
    if (node.IsMap()) {
        json::object made;
        for (const auto& entry : node) {
            made[entry.first.Scalar()] = value_of(entry.second);
        }
        return made;
    }
    if (node.IsSequence()) {
        json::array made;
        for (const auto& element : node) {
            made.push_back(value_of(element));
        }
        return made;
    }
    return scalar_value(node.Scalar());
}

bool is_required(const described_key& key) {
    return key.default_text == "required";
}

bool has_default(const described_key& key) {
    return !key.default_text.starts_with("required") && key.default_text != "off" &&
           key.default_text != "as its keys say";
}

json::object block_schema(const std::vector<described_key>& keys, const json::object& rules);

json::object key_schema(const described_key& key) {
    json::object made = key.value;
    if (!key.keys.empty()) {
        json::object block = block_schema(key.keys, key.block_rules);
        if (key.list) {
            json::object list;
            list["type"] = "array";
            list["minItems"] = 1;
            list["items"] = std::move(block);
            block = std::move(list);
        }
        if (made.empty()) {
            made = std::move(block);
        } else {
            json::object either;
            either["anyOf"] = json::array{std::move(made), std::move(block)};
            made = std::move(either);
        }
    }
    made["description"] = key.doc;
    if (has_default(key)) {
        made["default"] = value_of(YAML::Load(key.default_text));
    }
    return made;
}

json::object block_schema(const std::vector<described_key>& keys, const json::object& rules) {
    json::object made;
    made["type"] = "object";
    json::object properties;
    json::array needed;
    for (const described_key& key : keys) {
        properties[key.name] = key_schema(key);
        if (is_required(key)) {
            needed.emplace_back(key.name);
        }
    }
    made["properties"] = std::move(properties);
    if (!needed.empty()) {
        made["required"] = std::move(needed);
    }
    made["additionalProperties"] = false;
    for (const auto& [name, rule] : rules) {
        made[name] = rule;
    }
    return made;
}

bool is_flat(const json::value& value) {
    return !value.is_structured();
}

void write(const json::value& value, std::size_t depth, std::string& out);

/// The members of an object or a list, one a line, or all on one where none has members itself.
template <class Members, class Write>
void write_members(const Members& members, bool on_one_line, char open, char close,
                   std::size_t depth, std::string& out, Write&& one) {
    constexpr std::size_t step = 2;
    out += open;
    bool first = true;
    for (const auto& member : members) {
        out += first ? "" : ",";
        if (on_one_line) {
            out += first ? "" : " ";
        } else {
            out += '\n' + std::string((depth + 1) * step, ' ');
        }
        one(member);
        first = false;
    }
    if (!on_one_line && !members.empty()) {
        out += '\n' + std::string(depth * step, ' ');
    }
    out += close;
}

void write(const json::value& value, std::size_t depth, std::string& out) {
    if (const json::object* object = value.if_object()) {
        write_members(*object, false, '{', '}', depth, out, [&](const auto& member) {
            out += json::serialize(json::value(member.key())) + ": ";
            write(member.value(), depth + 1, out);
        });
    } else if (const json::array* list = value.if_array()) {
        const bool flat = std::all_of(list->begin(), list->end(), is_flat);
        write_members(*list, flat, '[', ']', depth, out,
                      [&](const json::value& member) { write(member, depth + 1, out); });
    } else if (const double* number = value.if_double()) {
        out += fmt::format("{}", *number); // serialize would say 1E-2
    } else {
        out += json::serialize(value);
    }
}

} // namespace

std::string schema_text(const std::vector<described_key>& keys) {
    json::object whole;
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    whole["title"] = "The configuration of retraind";
    for (auto& [name, part] : block_schema(keys, {})) {
        whole[name] = std::move(part);
    }
    std::string text;
    write(whole, 0, text);
    return text + '\n';
}

} // namespace retraind::config
