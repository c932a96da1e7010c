#include "document_codec.hpp"

#include "xml_codec.hpp"
#include "xml_name_codec.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <fmt/format.h>

namespace retraind::customvision {
namespace {

namespace json = boost::json;

std::string percent_encoded(std::string_view text) {
    return boost::urls::encode(boost::core::string_view(text.data(), text.size()),
                               boost::urls::unreserved_chars);
}

/// A text, a number or a flag without quotation marks.
std::string plain_text(const json::value& scalar) {
    if (const json::string* text = scalar.if_string()) {
        return std::string(std::string_view(*text));
    }
    if (const double* number = scalar.if_double()) {
        return fmt::format("{}", *number);
    }
    return json::serialize(scalar);
}

void put_xml(std::string& to, std::string_view name, const json::value& value) {
    if (const json::array* list = value.if_array()) {
        for (const json::value& each : *list) {
            put_xml(to, name, each);
        }
    } else if (const json::object* members = value.if_object()) {
        to += fmt::format("<{0}>{1}</{0}>", name, write_members(*members, notation::xml));
    } else if (!value.is_null()) {
        to += fmt::format("<{0}>{1}</{0}>", name, escape_xml(plain_text(value)));
    }
}

void put_form(std::string& to, const std::string& path, const json::value& value) {
    if (const json::array* list = value.if_array()) {
        for (std::size_t at = 0; at < list->size(); ++at) {
            put_form(to, form_item(path, at), (*list)[at]);
        }
    } else if (const json::object* members = value.if_object()) {
        to += write_members(*members, notation::form, path);
    } else if (!value.is_null()) {
        to += fmt::format("&{}={}", path, percent_encoded(plain_text(value)));
    }
}

std::string form_member(std::string_view within, std::string_view name) {
    const std::string encoded = percent_encoded(name);
    return within.empty() ? encoded : fmt::format("{}.{}", within, encoded);
}

} // namespace

std::string write_members(const json::object& members, notation as, std::string_view within) {
    std::string text;
    for (const auto& each : members) {
        switch (as) {
        case notation::json:
            text += ',' + json::serialize(each.key()) + ':' + json::serialize(each.value());
            break;
        case notation::xml:
            put_xml(text, encode_xml_name(each.key()), each.value());
            break;
        case notation::form:
            put_form(text, form_member(within, each.key()), each.value());
            break;
        }
    }
    return text;
}

std::string write_document(std::string_view root, const json::object& document, notation as) {
    switch (as) {
    case notation::json:
        break;
    case notation::xml:
        return fmt::format("<{0}>{1}</{0}>", root, write_members(document, as));
    case notation::form: {
        const std::string members = write_members(document, as);
        return members.empty() ? members : members.substr(1);
    }
    }
    return json::serialize(document);
}

std::string form_item(std::string_view list, std::size_t index) {
    return fmt::format("{}%5B{}%5D", list, index);
}

} // namespace retraind::customvision
