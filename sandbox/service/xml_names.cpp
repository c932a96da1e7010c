#include "sandbox/service/xml_names.hpp"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "sandbox/service/utf8.hpp"

namespace sandbox::service {

namespace {

constexpr std::size_t short_digits = 4;
constexpr std::size_t long_digits = 8;

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// How many digits the sequence at the beginning of `text` has: 4 for _xHHHH_, 8 for _xHHHHHHHH_,
/// 0 where there is none.
std::size_t escape_digits(std::string_view text) {
    if (!text.starts_with("_x") && !text.starts_with("_X")) {
        return 0;
    }
    std::size_t digits = 0;
    while (digits < long_digits && 2 + digits < text.size() && is_hex(text[2 + digits])) {
        ++digits;
    }
    const auto ends_after = [&](std::size_t count) {
        return digits >= count && 2 + count < text.size() && text[2 + count] == '_';
    };
    return ends_after(short_digits) ? short_digits : ends_after(long_digits) ? long_digits : 0;
}

std::optional<char32_t> character_of(std::string_view digits) {
    unsigned value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    return value > 0x10FFFF || is_surrogate ? std::nullopt
                                            : std::optional(static_cast<char32_t>(value));
}

std::string escape_of(char32_t character) {
    const auto value = static_cast<unsigned>(character);
    return value > 0xFFFF ? fmt::format("_x{:08X}_", value) : fmt::format("_x{:04X}_", value);
}

} // namespace

std::string encode_local_name(std::string_view name) {
    std::string encoded;
    for (std::string_view rest = name; !rest.empty();) {
        const bool is_first = encoded.empty();
        const bool would_decode = escape_digits(rest) != 0;
        auto character = take_character(rest);
        if (!character) {
            character = U'\uFFFD';
            rest.remove_prefix(1);
        }
        const bool may_stand = is_first ? is_name_start(*character) : is_name_character(*character);
        if (!may_stand || would_decode) {
            encoded += escape_of(*character);
        } else {
            append_utf8(encoded, *character);
        }
    }
    return encoded;
}

std::string decode_name(std::string_view name) {
    std::string decoded;
    while (!name.empty()) {
        const std::size_t digits = escape_digits(name);
        const auto character = digits == 0 ? std::nullopt : character_of(name.substr(2, digits));
        if (character) {
            append_utf8(decoded, *character);
            name.remove_prefix(digits + 3);
        } else {
            decoded += name.front();
            name.remove_prefix(1);
        }
    }
    return decoded;
}

} // namespace sandbox::service
