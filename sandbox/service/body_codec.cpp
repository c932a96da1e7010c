#include "sandbox/service/body_codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <utility>

#include "sandbox/http/router.hpp"
#include "sandbox/service/body_types.hpp"
#include "sandbox/service/form_codec.hpp"
#include "sandbox/service/xml_codec.hpp"

namespace sandbox::service {

namespace {

/// As .NET's "R" writes a float: seven digits where they give the same float, else nine.
std::string float_text(double number) {
    const auto single = static_cast<float>(number);
    std::string text = fmt::format("{:.7g}", single);
    if (std::strtof(text.c_str(), nullptr) != single) {
        text = fmt::format("{:.9g}", single);
    }
    const bool whole = text.find_first_of(".en") == std::string::npos;
    if (const auto exponent = text.find('e'); exponent != std::string::npos) {
        text[exponent] = 'E';
    }
    return whole ? text + ".0" : text;
}

void write(const json::value& document, std::string& text);

void write_object(const json::object& object, std::string& text) {
    char separator = '{';
    for (const auto& field : object) {
        text += separator;
        text += json::serialize(json::string_view(field.key()));
        text += ':';
        write(field.value(), text);
        separator = ',';
    }
    text += object.empty() ? "{}" : "}";
}

void write_array(const json::array& array, std::string& text) {
    char separator = '[';
    for (const json::value& element : array) {
        text += separator;
        write(element, text);
        separator = ',';
    }
    text += array.empty() ? "[]" : "]";
}

void write(const json::value& document, std::string& text) {
    if (document.is_object()) {
        write_object(document.get_object(), text);
    } else if (document.is_array()) {
        write_array(document.get_array(), text);
    } else if (document.is_double()) {
        text += float_text(document.get_double());
    } else {
        text += json::serialize(document);
    }
}

std::string_view media_type_of(const http::request& asked) {
    std::string_view type = asked.header("Content-Type");
    type = type.substr(0, type.find(';'));
    const auto last = type.find_last_not_of(" \t");
    return last == std::string_view::npos ? std::string_view() : type.substr(0, last + 1);
}

} // namespace

result<json::value> decode_body(http::request& asked) {
    std::string body = std::exchange(asked.body, {});
    if (body.empty()) {
        return json::value();
    }
    if (has_media_type(asked, "application/json")) {
        boost::system::error_code failed;
        json::value document = json::parse(body, failed);
        return failed ? json::value() : document;
    }
    const bool is_xml =
        has_media_type(asked, "application/xml") || has_media_type(asked, "text/xml");
    if (!is_xml && !has_media_type(asked, "application/x-www-form-urlencoded")) {
        return unsupported_media_type(asked);
    }
    const auto route = http::find_route(asked.method, asked.path);
    const body_type* type = route ? body_type_of(route->operation) : nullptr;
    if (type == nullptr) {
        return json::value();
    }
    auto document = is_xml ? read_xml(body, *type) : read_form(body, *type);
    return document ? std::move(*document) : json::value();
}

std::string json_text(const json::value& document) {
    std::string text;
    write(document, text);
    return text;
}

http::response json_response(unsigned status, const json::value& document) {
    http::response answer;
    answer.status = status;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = json_text(document);
    return answer;
}

json::value* member(json::value& document, std::string_view name) {
    if (!document.is_object()) {
        return nullptr;
    }
    for (auto& field : document.get_object()) {
        const std::string_view key(field.key().data(), field.key().size());
        if (http::equal_without_case(key, name)) {
            return field.value().is_null() ? nullptr : &field.value();
        }
    }
    return nullptr;
}

const json::value* member(const json::value& document, std::string_view name) {
    return member(const_cast<json::value&>(document), name);
}

const json::string* string_member(const json::value& document, std::string_view name) {
    const json::value* found = member(document, name);
    return found == nullptr ? nullptr : found->if_string();
}

tl::unexpected<refusal> unsupported_media_type(const http::request& asked) {
    const std::string_view type = media_type_of(asked);
    if (type.empty()) {
        return refuse("UnsupportedMediaType",
                      "The request contains an entity body but no Content-Type header. The "
                      "inferred media type 'application/octet-stream' is not supported for this "
                      "resource.");
    }
    return refuse("UnsupportedMediaType",
                  fmt::format("The request entity's media type '{}' is not supported for this "
                              "resource.",
                              type));
}

bool has_media_type(const http::request& asked, std::string_view wanted) {
    return http::equal_without_case(media_type_of(asked), wanted);
}

} // namespace sandbox::service
