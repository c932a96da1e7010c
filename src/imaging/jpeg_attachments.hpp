#pragma once

#include <vector>

#include "retraind/imaging/rows.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

/// The Exif data and the colour profile of a JPEG's segments before its first scan (JEITA CP-3451,
/// ICC.1 annex B). A profile that is not whole, or larger than any that is used, is none. Reads no
/// more than that, whatever the file holds.
[[nodiscard]] result<attachments> read_jpeg_attachments(byte_input& file);

/// One APPn segment without its marker and length.
struct jpeg_segment {
    int marker = 0; ///< 1 for APP1
    std::vector<std::byte> payload;
};

/// The segments that `read_jpeg_attachments` reads back. Exif data that fits into no segment is
/// left out.
[[nodiscard]] std::vector<jpeg_segment> jpeg_segments_of(const attachments& beside);

} // namespace retraind::imaging
