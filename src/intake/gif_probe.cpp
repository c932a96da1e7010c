#include "format_probes.hpp"

#include <optional>

namespace retraind::intake {
namespace {

constexpr std::uint64_t screen_at = 6;
constexpr std::uint64_t blocks_at = 13;

std::uint64_t colour_table(std::uint8_t flags) {
    return (flags & 0x80) != 0 ? std::uint64_t{3} << ((flags & 0x07) + 1) : 0;
}

/// Behind the sub-blocks that begin at `offset`; nothing where their terminator is missing.
std::optional<std::uint64_t> skip_sub_blocks(byte_window& bytes, std::uint64_t offset) {
    for (;;) {
        const auto length = bytes.byte_at(offset);
        if (!length) {
            return std::nullopt;
        }
        offset += 1 + std::uint64_t{*length};
        if (*length == 0) {
            return offset;
        }
    }
}

/// Behind the frame whose descriptor begins at `offset`; a screen without a size takes the first
/// frame's.
std::optional<std::uint64_t> skip_frame(byte_window& bytes, std::uint64_t offset, picture& found) {
    const auto width = bytes.little16_at(offset + 4);
    const auto height = bytes.little16_at(offset + 6);
    const auto flags = bytes.byte_at(offset + 8);
    if (!width || !height || !flags) {
        return std::nullopt;
    }
    if (found.width == 0 || found.height == 0) {
        found.width = *width;
        found.height = *height;
    }
    constexpr std::uint64_t descriptor_and_code_size = 9 + 1;
    return skip_sub_blocks(bytes, offset + descriptor_and_code_size + colour_table(*flags));
}

/// There is no short cut from the end: one byte in 256 of compressed data looks like a trailer.
verdict walk(byte_window& bytes, std::uint64_t offset, picture found) {
    bool frame = false;
    while (const auto introducer = bytes.byte_at(offset)) {
        std::optional<std::uint64_t> behind = offset + 1;
        if (*introducer == 0x3B) {
            return frame ? verdict(found)
                         : damaged(image_format::gif, "it ends without a picture", offset);
        }
        if (*introducer == 0x2C) {
            behind = skip_frame(bytes, offset + 1, found);
            frame = true;
        } else if (*introducer == 0x21) {
            behind = skip_sub_blocks(bytes, offset + 2);
        } else if (*introducer != 0x00) { // some encoders end their blocks twice
            return damaged(image_format::gif, "there is no block", offset);
        }
        if (!behind) {
            break;
        }
        offset = *behind;
    }
    return without_end(image_format::gif);
}

} // namespace

verdict probe_gif(byte_window& bytes) {
    const auto width = bytes.little16_at(screen_at);
    const auto height = bytes.little16_at(screen_at + 2);
    const auto flags = bytes.byte_at(screen_at + 4);
    if (!width || !height || !flags) {
        return without_end(image_format::gif);
    }
    return walk(bytes, blocks_at + colour_table(*flags), {image_format::gif, *width, *height});
}

} // namespace retraind::intake
