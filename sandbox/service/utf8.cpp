#include "sandbox/service/utf8.hpp"

#include <utf8proc.h>

#include <algorithm>

namespace sandbox::service {

std::optional<char32_t> take_character(std::string_view& text) {
    utf8proc_int32_t character = 0;
    const auto* const begin = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto length =
        utf8proc_iterate(begin, static_cast<utf8proc_ssize_t>(text.size()), &character);
    if (length <= 0 || character < 0) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(length));
    return static_cast<char32_t>(character);
}

void append_utf8(std::string& to, char32_t character) {
    utf8proc_uint8_t bytes[4];
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes);
    to.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

bool is_utf8(std::string_view text) {
    const auto is_beyond_ascii = [](char c) {
        return static_cast<unsigned char>(c) >= 0x80;
    };
    for (;;) {
        const auto next = std::find_if(text.begin(), text.end(), is_beyond_ascii);
        text.remove_prefix(static_cast<std::size_t>(next - text.begin()));
        if (text.empty()) {
            return true;
        }
        if (!take_character(text)) {
            return false;
        }
    }
}

std::size_t utf16_length(std::string_view text) {
    constexpr char32_t first_of_two = 0x10000;
    std::size_t length = 0;
    while (const auto character = take_character(text)) {
        length += *character >= first_of_two ? 2 : 1;
    }
    return length;
}

std::string to_utf8(std::string text) {
    if (is_utf8(text)) {
        return text;
    }
    constexpr char32_t replacement = 0xFFFD;
    std::string whole;
    for (std::string_view rest = text; !rest.empty();) {
        if (const auto character = take_character(rest)) {
            append_utf8(whole, *character);
        } else {
            append_utf8(whole, replacement);
            rest.remove_prefix(1);
        }
    }
    return whole;
}

} // namespace sandbox::service
