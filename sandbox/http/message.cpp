#include "sandbox/http/message.hpp"

#include <algorithm>

namespace sandbox::http {

namespace {

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

} // namespace

bool equal_without_case(std::string_view left, std::string_view right) noexcept {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view request::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [&](const header_field& field) {
        return equal_without_case(field.name, name);
    });
    return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

const std::string* request::query_value(std::string_view name) const {
    const auto found = std::find_if(query.begin(), query.end(), [&](const auto& field) {
        return equal_without_case(field.first, name);
    });
    return found == query.end() ? nullptr : &found->second;
}

} // namespace sandbox::http
