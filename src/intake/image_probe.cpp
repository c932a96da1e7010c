#include "retraind/intake/image_probe.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "format_probes.hpp"
#include "retraind/base/units.hpp"

namespace retraind::intake {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t head_bytes = 16;

struct known_format {
    std::string_view signature;
    verdict (*probe)(byte_window&);
};

constexpr std::array known_formats{
    known_format{"\xFF\xD8\xFF"sv, &probe_jpeg},
    known_format{"\x89PNG\r\n\x1A\n"sv, &probe_png},
    known_format{"BM"sv, &probe_bmp},
    known_format{"GIF87a"sv, &probe_gif},
    known_format{"GIF89a"sv, &probe_gif},
};

struct foreign_format {
    std::size_t offset;
    std::string_view signature;
    std::string_view name;
};

/// What turns up in picture folders; naming it spares a person a search.
constexpr std::array foreign_formats{
    foreign_format{8, "WEBP"sv, "a WebP picture"},
    foreign_format{4, "ftypavif"sv, "an AVIF picture"},
    foreign_format{4, "ftyphei"sv, "a HEIC picture"},
    foreign_format{4, "ftypmif1"sv, "a HEIC picture"},
    foreign_format{4, "ftyp"sv, "a video"},
    foreign_format{0, "II*\0"sv, "a TIFF or raw picture"},
    foreign_format{0, "MM\0*"sv, "a TIFF or raw picture"},
    foreign_format{0, "8BPS"sv, "a Photoshop picture"},
    foreign_format{0, "%PDF"sv, "a PDF"},
    foreign_format{0, "PK\x03\x04"sv, "a ZIP archive"},
    foreign_format{0, "<svg"sv, "an SVG drawing"},
    foreign_format{0, "<!DOCTYPE"sv, "a web page"},
    foreign_format{0, "<html"sv, "a web page"},
};

std::string_view as_text(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

refusal foreign(std::string_view head) {
    const auto found = std::ranges::find_if(foreign_formats, [head](const foreign_format& format) {
        return head.size() > format.offset &&
               head.substr(format.offset).starts_with(format.signature);
    });
    return {
        std::string(code::image_format),
        fmt::format("it is {}; the service takes JPEG, PNG, BMP and GIF",
                    found == foreign_formats.end() ? "no picture that is known here" : found->name),
        "convert it to JPEG or PNG, or take it out of the folder"};
}

bool may_become_known(std::string_view head) {
    return std::ranges::any_of(known_formats, [head](const known_format& format) {
        return format.signature.starts_with(head);
    });
}

refusal too_many_bytes(std::uint64_t size, const picture_limits& limits) {
    return {std::string(code::image_size),
            fmt::format("{} bytes; {} at most {}", format_count(size), limits.whose,
                        format_count(limits.max_bytes)),
            std::string(limits.mend)};
}

std::optional<refusal> outside(const picture& found, const picture_limits& limits) {
    const auto [shorter, longer] = std::minmax(found.width, found.height);
    const std::string sides =
        fmt::format("{} x {} pixels", format_count(found.width), format_count(found.height));
    if (shorter == 0) {
        return refusal{std::string(code::image_format), sides + "; there is nothing to see",
                       "export it again"};
    }
    if (longer > limits.max_side) {
        return refusal{std::string(code::image_dimensions),
                       fmt::format("{}; {} at most {} a side", sides, limits.whose,
                                   format_count(limits.max_side)),
                       std::string(limits.mend)};
    }
    if (std::uint64_t{shorter} * longer > limits.max_pixels) {
        return refusal{std::string(code::image_dimensions),
                       fmt::format("{}; {} at most {} of them", sides, limits.whose,
                                   format_count(limits.max_pixels)),
                       std::string(limits.mend)};
    }
    if (longer > std::uint64_t{limits.max_ratio} * shorter) {
        return refusal{std::string(code::image_dimensions),
                       fmt::format("{}; the service takes at most {}:1", sides, limits.max_ratio),
                       "crop it"};
    }
    return std::nullopt;
}

verdict within(verdict found, const picture_limits& limits) {
    const auto* whole = std::get_if<picture>(&found);
    if (whole == nullptr) {
        return found;
    }
    std::optional<refusal> refused = outside(*whole, limits);
    return refused ? verdict(*std::move(refused)) : found;
}

verdict judge(byte_window& bytes, const picture_limits& limits) {
    const std::uint64_t size = bytes.size();
    const std::string head(as_text(
        bytes.view(0, static_cast<std::size_t>(std::min<std::uint64_t>(head_bytes, size)))));
    const auto format = std::ranges::find_if(known_formats, [&head](const known_format& one) {
        return head.starts_with(one.signature);
    });
    if (format != known_formats.end()) {
        return size > limits.max_bytes ? verdict(too_many_bytes(size, limits))
                                       : within(format->probe(bytes), limits);
    }
    if (may_become_known(head)) {
        return incomplete{"it has only just begun"};
    }
    if (head.find_first_not_of('\0') == std::string::npos) {
        return incomplete{"it begins with zeros, as a copy does that is not written yet"};
    }
    return foreign(head);
}

} // namespace

std::string_view to_string(image_format format) noexcept {
    switch (format) {
    case image_format::jpeg:
        return "JPEG";
    case image_format::png:
        return "PNG";
    case image_format::bmp:
        return "BMP";
    case image_format::gif:
        return "GIF";
    }
    return "unknown";
}

incomplete without_end(image_format format) {
    return {fmt::format("the {} has no end", to_string(format))};
}

refusal damaged(image_format format, std::string_view what, std::uint64_t offset) {
    return {std::string(code::image_format),
            fmt::format("the {} is damaged: {} at byte {}", to_string(format), what,
                        format_count(offset)),
            "export it again, or copy it here again"};
}

result<verdict> probe(byte_reader& reader, std::uint64_t size, const picture_limits& limits) {
    if (size == 0) {
        return refuse_empty();
    }
    byte_window bytes(reader, size);
    verdict found = judge(bytes, limits);
    if (const std::optional<error>& failure = bytes.failure(); failure.has_value()) {
        return tl::unexpected(*failure);
    }
    return found;
}

} // namespace retraind::intake
