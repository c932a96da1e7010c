#include "retraind/base/text.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>
#include <utf8proc.h>

namespace retraind {
namespace {

std::optional<std::string> mapped(std::string_view text, int options) {
    utf8proc_uint8_t* raw = nullptr;
    const utf8proc_ssize_t length = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
        static_cast<utf8proc_ssize_t>(text.size()), &raw, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(raw, &std::free);
    if (length < 0) {
        return std::nullopt;
    }
    return std::string(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length));
}

/// The code point that `text` begins with and its length; a length of 0 for a wrong byte.
std::pair<utf8proc_int32_t, std::size_t> first_code_point(std::string_view text) {
    utf8proc_int32_t code_point = -1;
    const utf8proc_ssize_t length =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    return {code_point, length > 0 ? static_cast<std::size_t>(length) : 0};
}

template <class Escape>
std::string escaped(std::string_view bytes, bool controls, Escape escape) {
    std::string text;
    while (!bytes.empty()) {
        const auto [code_point, length] = first_code_point(bytes);
        const bool control = code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0);
        if (length == 0 || (controls && control)) {
            text += escape(static_cast<std::uint8_t>(bytes.front()));
            bytes.remove_prefix(1);
            continue;
        }
        text += bytes.substr(0, length);
        bytes.remove_prefix(length);
    }
    return text;
}

} // namespace

std::optional<std::string> to_nfc(std::string_view text) {
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::optional<std::string> fold_case(std::string_view text) {
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

std::string_view trim(std::string_view text) noexcept {
    constexpr std::string_view blank = " \t\r\n\f\v";
    const std::size_t first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string printable(std::string_view bytes) {
    return escaped(bytes, true, [](std::uint8_t byte) { return fmt::format("\\x{:02x}", byte); });
}

std::string wire_text(std::string_view bytes) {
    if (std::optional<std::string> nfc = to_nfc(bytes)) {
        return *nfc;
    }
    return escaped(bytes, false, [](std::uint8_t byte) { return fmt::format("%{:02X}", byte); });
}

} // namespace retraind
