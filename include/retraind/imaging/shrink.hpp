#pragma once

#include <cstdint>

#include "retraind/imaging/shrink_rules.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

enum class picture_kind { jpeg, png, gif, bmp };

/// What a smaller picture of that kind is written as. A GIF's averaged colours are not of its
/// palette any more, and a BMP large enough to be made smaller is a photo.
[[nodiscard]] encoding encoding_of(picture_kind kind) noexcept;

/// How an attempt ended.
struct shrink_result {
    bool fits = false;
    std::uint64_t bytes = 0; ///< that were written
    std::uint32_t rows = 0;  ///< that were put, of the smaller picture
};

/// Reads the picture in `from`, makes it as small as `wanted` says and writes it to `into`, which
/// is empty; gives up as soon as there are more than `max_bytes`, and `into` holds a part then. In
/// memory of a few rows, and of up to `most_held_bytes` more for a picture that cannot be read row
/// by row.
///
/// Fails with `invalid` and a sentence for a picture that is damaged or cannot be made smaller
/// here, else with the error of `from` or `into`. Blocks, for about a second each 50 million
/// pixels.
[[nodiscard]] result<shrink_result> shrink(byte_input& from, picture_kind kind,
                                           const shrink_attempt& wanted, std::uint64_t max_bytes,
                                           byte_output& into);

} // namespace retraind::imaging
