#pragma once

#include <memory>

#include "retraind/imaging/rows.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

/// Rows into a PNG of 8 bits a sample by libpng, with their Exif data and what says which colours
/// they mean. Takes all but CMYK. `out` outlives it.
[[nodiscard]] result<std::unique_ptr<row_sink>>
create_png(byte_output& out, const row_format& format, const attachments& beside);

} // namespace retraind::imaging
