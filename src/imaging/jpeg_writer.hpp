#pragma once

#include <memory>

#include "retraind/imaging/rows.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

/// Rows into a baseline JPEG by libjpeg-turbo, with their Exif data and colour profile. Takes grey,
/// RGB and CMYK. `quality` is libjpeg's, 1 to 100. `out` outlives it.
[[nodiscard]] result<std::unique_ptr<row_sink>>
create_jpeg(byte_output& out, const row_format& format, int quality, const attachments& beside);

} // namespace retraind::imaging
