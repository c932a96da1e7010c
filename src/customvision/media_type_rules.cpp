#include "retraind/customvision/media_type_rules.hpp"

#include "retraind/base/text.hpp"

#include <algorithm>

namespace retraind::customvision {

std::optional<notation> notation_of(std::string_view media_type) {
    std::string name(trim(media_type.substr(0, media_type.find(';'))));
    std::transform(name.begin(), name.end(), name.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    });
    if (name == "application/json" || name == "text/json" || name.ends_with("+json")) {
        return notation::json;
    }
    // XHTML is a page for people, however well-formed it is.
    if (name == "application/xml" || name == "text/xml" ||
        (name.ends_with("+xml") && name != "application/xhtml+xml")) {
        return notation::xml;
    }
    if (name == "application/x-www-form-urlencoded") {
        return notation::form;
    }
    return std::nullopt;
}

notation notation_of_answer(std::optional<std::string_view> content_type) {
    const bool is_xml = content_type && notation_of(*content_type) == notation::xml;
    return is_xml ? notation::xml : notation::json;
}

std::string content_type_of(std::string_view media_type) {
    std::string type(media_type);
    if (notation_of(media_type) == notation::xml) {
        type += "; charset=utf-8";
    }
    return type;
}

} // namespace retraind::customvision
