#include "retraind/http/message.hpp"

#include <algorithm>

namespace retraind::http {
namespace {

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_name(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return lower(a) == lower(b); });
}

} // namespace

std::optional<std::string_view> response::field(std::string_view name) const {
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const header_field& each) {
        return same_name(each.name, name);
    });
    if (found == fields.end()) {
        return std::nullopt;
    }
    return found->value;
}

} // namespace retraind::http
