#include "xml_name_codec.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <optional>

namespace retraind::customvision {
namespace {

constexpr std::string_view mark = "_x";
constexpr std::size_t short_digits = 4;
constexpr std::size_t long_digits = 8;
constexpr std::uint32_t most_short = 0xFFFF;
constexpr std::uint32_t most_scalar = 0x10FFFF;

bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool may_stand(char byte, bool first) {
    const bool inner = (byte >= '0' && byte <= '9') || byte == '-' || byte == '.';
    return is_letter(byte) || byte == '_' || (inner && !first);
}

bool is_surrogate(std::uint32_t unit) {
    return unit >= 0xD800 && unit <= 0xDFFF;
}

std::optional<std::uint32_t> hexadecimal(std::string_view digits) {
    std::uint32_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    const bool whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    return whole ? std::optional(value) : std::nullopt;
}

/// One encoded character at the beginning of `text`.
struct encoded {
    std::uint32_t character;
    std::size_t length;
};

std::optional<encoded> encoded_at(std::string_view text) {
    if (!text.starts_with(mark)) {
        return std::nullopt;
    }
    for (const std::size_t digits : {short_digits, long_digits}) {
        const std::size_t length = mark.size() + digits + 1;
        if (text.size() < length || text[length - 1] != '_') {
            continue;
        }
        if (const auto value = hexadecimal(text.substr(mark.size(), digits))) {
            return encoded{*value, length};
        }
    }
    return std::nullopt;
}

void append_utf8(std::string& to, std::uint32_t character) {
    const auto put = [&to](std::uint32_t byte) {
        to += static_cast<char>(byte);
    };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xC0 | character >> 6U);
        put(0x80 | (character & 0x3FU));
    } else if (character <= most_short) {
        put(0xE0 | character >> 12U);
        put(0x80 | (character >> 6U & 0x3FU));
        put(0x80 | (character & 0x3FU));
    } else {
        put(0xF0 | character >> 18U);
        put(0x80 | (character >> 12U & 0x3FU));
        put(0x80 | (character >> 6U & 0x3FU));
        put(0x80 | (character & 0x3FU));
    }
}

/// The character at the front of valid UTF-8, which is taken off it.
std::uint32_t take_character(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    std::size_t length = 1;
    std::uint32_t character = lead;
    if (lead >= 0xF0) {
        length = 4;
        character = lead & 0x07U;
    } else if (lead >= 0xE0) {
        length = 3;
        character = lead & 0x0FU;
    } else if (lead >= 0xC0) {
        length = 2;
        character = lead & 0x1FU;
    }
    for (std::size_t at = 1; at < length && at < text.size(); ++at) {
        character = character << 6U | (static_cast<unsigned char>(text[at]) & 0x3FU);
    }
    text.remove_prefix(std::min(length, text.size()));
    return character;
}

} // namespace

std::string encode_xml_name(std::string_view name) {
    std::string text;
    while (!name.empty()) {
        const char byte = name.front();
        if (may_stand(byte, text.empty()) && !encoded_at(name)) {
            text += byte;
            name.remove_prefix(1);
            continue;
        }
        const std::uint32_t character = take_character(name);
        text += character > most_short ? fmt::format("_x{:08X}_", character)
                                       : fmt::format("_x{:04X}_", character);
    }
    return text;
}

std::string decode_xml_name(std::string_view name) {
    std::string text;
    while (!name.empty()) {
        const auto found = encoded_at(name);
        const bool is_character = found && found->character != 0 &&
                                  found->character <= most_scalar &&
                                  !is_surrogate(found->character);
        if (is_character) {
            append_utf8(text, found->character);
            name.remove_prefix(found->length);
        } else {
            text += name.front();
            name.remove_prefix(1);
        }
    }
    return text;
}

} // namespace retraind::customvision
