#include "sandbox/learn/gif_reader.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gif_lib.h>

namespace sandbox::learn {

namespace {

struct closer {
    void operator()(GifFileType* gif) const noexcept { DGifCloseFile(gif, nullptr); }
};
using gif_ptr = std::unique_ptr<GifFileType, closer>;

int hand_over(GifFileType* gif, GifByteType* to, int count) {
    auto& rest = *static_cast<bytes_view*>(gif->UserData);
    const std::size_t given = std::min(rest.size(), static_cast<std::size_t>(count));
    std::memcpy(to, rest.data(), given);
    rest = rest.subspan(given);
    return static_cast<int>(given);
}

tl::unexpected<std::string> failure(int error) {
    const char* const what = GifErrorString(error);
    return tl::unexpected(fmt::format("The GIF picture cannot be read: {}",
                                      what == nullptr ? "it is damaged" : what));
}

/// `rest` outlives the result, and is what is not read yet.
result<gif_ptr> open(bytes_view& rest) {
    int error = D_GIF_SUCCEEDED;
    gif_ptr gif(DGifOpen(&rest, hand_over, &error));
    if (!gif) {
        return failure(error);
    }
    return gif;
}

bool skip_extension(GifFileType* gif) {
    int code = 0;
    GifByteType* block = nullptr;
    bool is_good = DGifGetExtension(gif, &code, &block) == GIF_OK;
    while (is_good && block != nullptr) {
        is_good = DGifGetExtensionNext(gif, &block) == GIF_OK;
    }
    return is_good;
}

bool skip_frame(GifFileType* gif) {
    int size = 0;
    GifByteType* block = nullptr;
    bool is_good = DGifGetImageDesc(gif) == GIF_OK && DGifGetCode(gif, &size, &block) == GIF_OK;
    while (is_good && block != nullptr) {
        is_good = DGifGetCodeNext(gif, &block) == GIF_OK;
    }
    return is_good;
}

/// Whether record follows record, at least one of them a frame, up to the one that ends the file.
bool has_end(GifFileType* gif) {
    bool has_frame = false;
    GifRecordType record = UNDEFINED_RECORD_TYPE;
    while (DGifGetRecordType(gif, &record) == GIF_OK) {
        if (record == TERMINATE_RECORD_TYPE) {
            return has_frame;
        }
        has_frame = has_frame || record == IMAGE_DESC_RECORD_TYPE;
        if (!(record == IMAGE_DESC_RECORD_TYPE ? skip_frame(gif) : skip_extension(gif))) {
            return false;
        }
    }
    return false;
}

/// The colour that the next frame leaves transparent, from a graphics control block: length, flags,
/// delay (two bytes), colour.
std::optional<unsigned> transparent_in(const GifByteType* block) {
    const bool is_given = block != nullptr && block[0] >= 4 && (block[1] & 1U) != 0;
    return is_given ? std::optional<unsigned>(block[4]) : std::nullopt;
}

struct frame_start {
    std::optional<unsigned> transparent;
};

bool read_extension(GifFileType* gif, frame_start& start) {
    int code = 0;
    GifByteType* block = nullptr;
    bool is_good = DGifGetExtension(gif, &code, &block) == GIF_OK;
    if (is_good && code == GRAPHICS_EXT_FUNC_CODE) {
        start.transparent = transparent_in(block);
    }
    while (is_good && block != nullptr) {
        is_good = DGifGetExtensionNext(gif, &block) == GIF_OK;
    }
    return is_good;
}

std::optional<frame_start> go_to_first_frame(GifFileType* gif) {
    frame_start start;
    GifRecordType record = UNDEFINED_RECORD_TYPE;
    while (DGifGetRecordType(gif, &record) == GIF_OK) {
        if (record == IMAGE_DESC_RECORD_TYPE) {
            return DGifGetImageDesc(gif) == GIF_OK ? std::optional(start) : std::nullopt;
        }
        if (record != EXTENSION_RECORD_TYPE || !read_extension(gif, start)) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

/// The rows of a frame in the order of the file.
std::vector<unsigned> row_order(unsigned rows, bool is_interlaced) {
    struct stripe {
        unsigned first;
        unsigned step;
    };
    std::vector<stripe> stripes{{0, 1}};
    if (is_interlaced) {
        stripes = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    }
    std::vector<unsigned> order;
    order.reserve(rows);
    for (const stripe& each : stripes) {
        for (unsigned row = each.first; row < rows; row += each.step) {
            order.push_back(row);
        }
    }
    return order;
}

rgba colour_of(const ColorMapObject* colours, unsigned index, const frame_start& start) {
    if (index == start.transparent) {
        return {.alpha = 0};
    }
    if (colours == nullptr || index >= static_cast<unsigned>(colours->ColorCount)) {
        return {};
    }
    const GifColorType& colour = colours->Colors[index];
    return {.red = colour.Red, .green = colour.Green, .blue = colour.Blue};
}

bool read_frame(GifFileType* gif, const frame_start& start, area_scaler& scaler) {
    const GifImageDesc& frame = gif->Image;
    const ColorMapObject* const colours =
        frame.ColorMap != nullptr ? frame.ColorMap : gif->SColorMap;
    std::vector<GifPixelType> line(static_cast<std::size_t>(frame.Width));
    for (const unsigned row : row_order(static_cast<unsigned>(frame.Height), frame.Interlace)) {
        if (DGifGetLine(gif, line.data(), frame.Width) != GIF_OK) {
            return false;
        }
        for (unsigned column = 0; column < line.size(); ++column) {
            scaler.add(static_cast<unsigned>(frame.Left) + column,
                       static_cast<unsigned>(frame.Top) + row,
                       colour_of(colours, line[column], start));
        }
    }
    return true;
}

} // namespace

bool is_gif(bytes_view file) {
    const auto begins_with = [file](std::string_view text) {
        return file.size() >= text.size() &&
               std::memcmp(file.data(), text.data(), text.size()) == 0;
    };
    return begins_with("GIF87a") || begins_with("GIF89a");
}

result<image_info> inspect_gif(bytes_view file) {
    auto gif = open(file);
    if (!gif) {
        return tl::unexpected(gif.error());
    }
    if (!has_end(gif->get())) {
        return tl::unexpected(std::string("The GIF picture is damaged or cut off"));
    }
    return image_info{.kind = image_info::format::gif,
                      .width = static_cast<unsigned>((*gif)->SWidth),
                      .height = static_cast<unsigned>((*gif)->SHeight)};
}

result<area_scaler> read_gif(bytes_view file, unsigned side) {
    auto gif = open(file);
    if (!gif) {
        return tl::unexpected(gif.error());
    }
    const auto start = go_to_first_frame(gif->get());
    if (!start) {
        return failure((*gif)->Error);
    }
    area_scaler scaler(static_cast<unsigned>((*gif)->SWidth),
                       static_cast<unsigned>((*gif)->SHeight), side);
    if (!read_frame(gif->get(), *start, scaler)) {
        return failure((*gif)->Error);
    }
    return scaler;
}

} // namespace sandbox::learn
