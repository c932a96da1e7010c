#include "retraind/disposal/disposal_rules.hpp"

#include <algorithm>

namespace retraind::disposal {
namespace {

/// A longer "extension" is a name with a dot in it, and is shortened like one.
constexpr std::size_t longest_extension = 32;

std::string_view extension_of(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || name.size() - dot > longest_extension) {
        return {};
    }
    return name.substr(dot);
}

/// At most `size` bytes, without the half of a UTF-8 character at the end.
std::string_view shortened(std::string_view text, std::size_t size) {
    if (text.size() <= size) {
        return text;
    }
    const auto goes_on = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U;
    };
    std::size_t end = size;
    while (end > 0 && size - end < 3 && goes_on(end)) {
        --end;
    }
    // Four bytes that go on are no UTF-8: then any place is as good.
    return text.substr(0, goes_on(end) ? size : end);
}

} // namespace

after_upload action_for(outcome result, const options& chosen) {
    if (result != outcome::rejected) {
        return chosen.uploaded;
    }
    return chosen.rejected ? after_upload(move_to{*chosen.rejected}) : after_upload(keep{});
}

std::string numbered_name(std::string_view name, unsigned number, std::size_t limit) {
    const std::string_view extension = extension_of(name);
    const std::string mark = number == 0 ? std::string() : "~" + std::to_string(number);
    const std::size_t taken = std::min(limit, mark.size() + extension.size());
    std::string fitted(shortened(name.substr(0, name.size() - extension.size()), limit - taken));
    fitted += mark;
    fitted += extension;
    return fitted;
}

std::string reason_name(std::string_view picture) {
    std::string name(picture);
    name += reason_ending;
    return name;
}

std::size_t longest_rejected_name() {
    return longest_name - reason_ending.size();
}

} // namespace retraind::disposal
