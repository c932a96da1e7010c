#include "sandbox/service/xml_codec.hpp"

#include <pugixml.hpp>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/utf8.hpp"
#include "sandbox/service/xml_names.hpp"

namespace sandbox::service {

namespace {

constexpr std::string_view list_prefix = "ArrayOf";

bool is_xml_character(char32_t character) {
    const bool is_control =
        character < 0x20 && character != '\t' && character != '\n' && character != '\r';
    return !is_control && character != 0xFFFE && character != 0xFFFF;
}

/// As the content of an element. A carriage return is escaped, which pugixml does not do: a reader
/// would take it for a line feed.
std::string escaped(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const auto character = take_character(text);
        text.remove_prefix(character ? 0 : 1);
        switch (character.value_or(U'\uFFFD')) {
        case U'&':
            safe += "&amp;";
            break;
        case U'<':
            safe += "&lt;";
            break;
        case U'>':
            safe += "&gt;";
            break;
        case U'\r':
            safe += "&#xD;";
            break;
        default:
            append_utf8(safe, character && is_xml_character(*character) ? *character : U'\uFFFD');
        }
    }
    return safe;
}

std::string scalar_text(const json::value& value) {
    return value.is_string() ? escaped(value.get_string()) : json_text(value);
}

void append(pugi::xml_node to, const std::string& name, const json::value& value);

void fill(pugi::xml_node element, const json::value& value) {
    if (!value.is_object()) {
        element.text().set(scalar_text(value).c_str());
        return;
    }
    for (const auto& field : value.get_object()) {
        append(element, encode_local_name(field.key()), field.value());
    }
}

void append(pugi::xml_node to, const std::string& name, const json::value& value) {
    if (value.is_array()) {
        for (const json::value& each : value.get_array()) {
            append(to, name, each);
        }
    } else if (!value.is_null()) {
        fill(to.append_child(name.c_str()), value);
    }
}

struct string_sink final : pugi::xml_writer {
    void write(const void* bytes, std::size_t size) override {
        text.append(static_cast<const char*>(bytes), size);
    }
    std::string text;
};

} // namespace

std::string xml_text(const json::value& document, std::string_view root) {
    pugi::xml_document whole;
    pugi::xml_node top = whole.append_child(std::string(root).c_str());
    if (document.is_array()) {
        const std::string name(root.substr(root.starts_with(list_prefix) ? list_prefix.size() : 0));
        append(top, name, document);
    } else {
        fill(top, document);
    }
    string_sink sink;
    constexpr unsigned options =
        pugi::format_raw | pugi::format_no_declaration | pugi::format_no_escapes;
    whole.save(sink, "", options, pugi::encoding_utf8);
    return sink.text;
}

} // namespace sandbox::service
