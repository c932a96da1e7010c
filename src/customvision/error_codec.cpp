#include "retraind/customvision/error_codec.hpp"

#include "json_reader.hpp"
#include "retraind/base/text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <algorithm>

namespace retraind::customvision {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_code = 100;
constexpr std::size_t longest_message = 1000; ///< a wrong server's whole page is no message

bool is_space(char letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

std::string one_line(std::string_view words, std::size_t longest) {
    std::string line;
    for (const char letter : words) {
        if (line.size() >= longest) {
            line += "...";
            break;
        }
        if (!is_space(letter)) {
            line += letter;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    return printable(trim(line));
}

bool same_name(std::string_view left, std::string_view right) {
    const auto lower = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [lower](char a, char b) { return lower(a) == lower(b); });
}

const json::value* find(const json::object& from, std::string_view name) {
    const auto found = std::find_if(from.begin(), from.end(), [name](const auto& member) {
        return same_name(member.key(), name);
    });
    return found == from.end() ? nullptr : &found->value();
}

std::string text_of(const json::object& from, std::string_view name, std::size_t longest) {
    const json::value* member = find(from, name);
    if (member == nullptr) {
        return {};
    }
    if (const json::string* text = member->if_string()) {
        return one_line(*text, longest);
    }
    json::error_code none;
    const auto number = member->to_number<std::int64_t>(none);
    return none ? std::string() : std::to_string(number);
}

service_error read_object(const json::object& from) {
    service_error said;
    said.code = text_of(from, "code", longest_code);
    if (said.code.empty()) {
        said.code = text_of(from, "statusCode", longest_code);
    }
    said.message = text_of(from, "message", longest_message);
    return said;
}

service_error read_document(const json::object& document) {
    const json::value* wrapped = find(document, "error");
    if (wrapped == nullptr) {
        return read_object(document);
    }
    if (const json::object* inner = wrapped->if_object()) {
        return read_object(*inner);
    }
    service_error said = read_object(document);
    if (said.message.empty()) {
        said.message = text_of(document, "error", longest_message);
    }
    return said;
}

} // namespace

service_error parse_service_error(std::string_view body, notation written) {
    service_error said;
    if (const auto document = parse_document(body, written)) {
        if (const json::object* object = document->if_object()) {
            said = read_document(*object);
        }
    }
    if (said.code.empty() && said.message.empty()) {
        said.message = one_line(body, longest_message);
    }
    return said;
}

} // namespace retraind::customvision
