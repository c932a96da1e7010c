#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "retraind/base/error.hpp"
#include "retraind/intake/reasons.hpp"

namespace retraind::intake {

/// What the service takes (CONTRACT.md section 4).
enum class image_format { jpeg, png, bmp, gif };

/// `JPEG`, `PNG`, `BMP`, `GIF`.
[[nodiscard]] std::string_view to_string(image_format format) noexcept;

/// The service's limits on a training picture (CONTRACT.md section 4; whether its "6 MB" are
/// 6,000,000 or 6 MiB is not stated, so the smaller counts).
struct picture_limits {
    std::uint64_t max_bytes = 6'000'000;
    std::uint32_t max_side = 10'240; ///< pixels
    std::uint32_t max_ratio = 25;    ///< the longer side over the shorter
    std::uint64_t max_pixels = std::uint64_t{10'240} * 10'240;
    /// How a sentence names whose limits these are, up to "at most".
    std::string_view whose = "the service takes";
    /// What a person can do about a picture that is beyond them.
    std::string_view mend = "make it smaller, or set oversize: shrink";
};

/// Whole, and within the limits.
struct picture {
    image_format format = image_format::jpeg;
    std::uint32_t width = 0;  ///< pixels, as the file holds them
    std::uint32_t height = 0; ///< pixels, as the file holds them
    /// How a viewer turns them: EXIF's, 1 (not at all) to 8; of a JPEG only.
    std::uint8_t orientation = 1;

    bool operator==(const picture&) const = default;
};

/// A picture as far as it goes, but its end is not there: somebody may still be writing.
struct incomplete {
    std::string sentence;

    bool operator==(const incomplete&) const = default;
};

using verdict = std::variant<picture, incomplete, refusal>;

/// Where the probe pulls bytes from.
class byte_reader {
public:
    virtual ~byte_reader() = default;
    /// Fills from the front of `into` with what lies at `offset`; fewer only where the bytes end.
    [[nodiscard]] virtual result<std::size_t> read_at(std::uint64_t offset,
                                                      std::span<std::byte> into) = 0;
};

/// Judges `size` bytes by their content, never by a name. The end is looked for at the end first,
/// then by walking the format, because bytes after it are allowed (phones write them). What more
/// bytes cannot mend (too many of them, another format, damage) is refused at once; everything else
/// that lacks its end is incomplete, a file that begins with zeros too: some copies set the length
/// before they write.
///
/// Any bytes are safe to hand in; at most about twice `limits.max_bytes` are read. Fails only where
/// `reader` fails.
[[nodiscard]] result<verdict> probe(byte_reader& reader, std::uint64_t size,
                                    const picture_limits& limits = {});

} // namespace retraind::intake
