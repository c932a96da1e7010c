#include "tag_name.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/label_rules.hpp"

namespace retraind::intake {

bool has_control(std::string_view text) {
    return std::ranges::any_of(text, [](char one) {
        const auto byte = static_cast<unsigned char>(one);
        return byte < 0x20 || byte == 0x7F;
    });
}

tl::expected<std::string, std::string> tag_name(std::string_view raw) {
    const std::optional<std::string> composed = to_nfc(raw);
    if (!composed) {
        return tl::unexpected(
            fmt::format("\"{}\" is not UTF-8 and cannot name a tag; rename it", printable(raw)));
    }
    const std::string_view trimmed = trim(*composed);
    if (trimmed.empty()) {
        return tl::unexpected(
            fmt::format("\"{}\" is blank and cannot name a tag; rename it", printable(raw)));
    }
    if (has_control(trimmed)) {
        return tl::unexpected(fmt::format(
            "\"{}\" has control characters and cannot name a tag; rename it", printable(raw)));
    }
    if (trimmed == negative_label) {
        return tl::unexpected(fmt::format(
            "\"{}\" stands for the negative tag and cannot name another; rename it", trimmed));
    }
    return std::string(trimmed);
}

std::vector<std::string> sorted_names(std::vector<std::string> names) {
    std::ranges::sort(names);
    const auto twins = std::ranges::unique(names);
    names.erase(twins.begin(), twins.end());
    return names;
}

} // namespace retraind::intake
