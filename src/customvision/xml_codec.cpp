#include "xml_codec.hpp"

#include "retraind/base/text.hpp"
#include "xml_name_codec.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <fmt/format.h>
#include <pugixml.hpp>

#include <optional>
#include <string>

namespace retraind::customvision {
namespace {

namespace json = boost::json;

/// A tree takes some sixteen times the bytes of its text; the largest honest answer has not 1 MiB.
constexpr std::size_t most_bytes = std::size_t{4} << 20;
constexpr unsigned most_depth = 32;

std::string_view local_name(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool declares(const pugi::xml_node& element, const std::string& prefix) {
    for (pugi::xml_node each = element; each; each = each.parent()) {
        if (each.attribute(prefix.c_str())) {
            return true;
        }
    }
    return false;
}

/// A colon that belongs to no declared prefix is part of a map's key.
std::string member_name(const pugi::xml_node& element) {
    const std::string_view written = element.name();
    const auto colon = written.find(':');
    const bool has_prefix = colon != std::string_view::npos &&
                            declares(element, fmt::format("xmlns:{}", written.substr(0, colon)));
    return decode_xml_name(has_prefix ? local_name(written) : written);
}

bool is_nil(const pugi::xml_node& element) {
    for (const pugi::xml_attribute& each : element.attributes()) {
        if (local_name(each.name()) == "nil") {
            return each.as_bool();
        }
    }
    return false;
}

bool has_elements(const pugi::xml_node& element) {
    return static_cast<bool>(element.find_child(
        [](const pugi::xml_node& child) { return child.type() == pugi::node_element; }));
}

std::string text_of(const pugi::xml_node& element) {
    std::string text;
    for (const pugi::xml_node& child : element.children()) {
        text += child.value(); // a text may be in pieces, around a CDATA section
    }
    return text;
}

void add_member(json::object& to, const std::string& name, json::value value) {
    const auto [place, is_new] = to.emplace(name, nullptr);
    if (is_new) {
        place->value() = std::move(value);
    } else if (place->value().is_array()) {
        place->value().get_array().push_back(std::move(value));
    } else {
        json::array list;
        list.push_back(std::move(place->value()));
        list.push_back(std::move(value));
        place->value() = std::move(list);
    }
}

class converter {
public:
    json::value value_of(const pugi::xml_node& element, unsigned depth) {
        if (is_nil(element)) {
            return nullptr;
        }
        if (!has_elements(element)) {
            return json::value(json::string(checked(text_of(element))));
        }
        if (depth == most_depth) {
            complaint_ = "too deep";
            return nullptr;
        }
        json::object members;
        for (const pugi::xml_node& child : element.children()) {
            if (child.type() == pugi::node_element && !complaint_) {
                add_member(members, checked(member_name(child)), value_of(child, depth + 1));
            }
        }
        return members;
    }

    [[nodiscard]] const std::optional<std::string>& complaint() const noexcept {
        return complaint_;
    }

private:
    std::string checked(std::string text) {
        if (!to_nfc(text)) {
            complaint_ = "not UTF-8";
            text.clear();
        }
        return text;
    }

    std::optional<std::string> complaint_;
};

} // namespace

result<json::value> parse_xml(std::string_view body) {
    if (body.size() > most_bytes) {
        return fail(errc::protocol, fmt::format("the answer has {} bytes", body.size()));
    }
    pugi::xml_document document;
    constexpr unsigned how = pugi::parse_default | pugi::parse_ws_pcdata_single;
    const auto parsed = document.load_buffer(body.data(), body.size(), how);
    if (!parsed) {
        return fail(errc::protocol, fmt::format("the answer is not XML: {}", parsed.description()));
    }
    const pugi::xml_node root = document.document_element();
    for (const pugi::xml_node& other : document.children()) {
        if (other.type() == pugi::node_element && other != root) {
            return fail(errc::protocol, "the answer is not XML: it has two roots");
        }
    }
    if (std::string_view(root.name()) == "html") {
        return fail(errc::protocol, "the answer is a web page");
    }
    converter reading;
    json::value value = reading.value_of(root, 1);
    if (reading.complaint()) {
        return fail(errc::protocol, "the answer is not XML: " + *reading.complaint());
    }
    return value;
}

std::string escape_xml(std::string_view text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    std::string escaped;
    escaped.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char byte = text[at];
        if (byte == '&') {
            escaped += "&amp;";
        } else if (byte == '<') {
            escaped += "&lt;";
        } else if (byte == '>') {
            escaped += "&gt;";
        } else if (byte == '\r') {
            escaped += "&#13;";
        } else if (static_cast<unsigned char>(byte) < ' ' && byte != '\t' && byte != '\n') {
            escaped += replacement;
        } else if (text.substr(at).starts_with("\xEF\xBF\xBE") ||
                   text.substr(at).starts_with("\xEF\xBF\xBF")) {
            escaped += replacement;
            at += replacement.size() - 1;
        } else {
            escaped += byte;
        }
    }
    return escaped;
}

} // namespace retraind::customvision
