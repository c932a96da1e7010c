#pragma once

#include <cstdint>
#include <memory>

#include "retraind/imaging/rows.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

/// A JPEG's rows by libjpeg-turbo, made smaller while they are decoded as far as that goes in
/// eighths: `format` is the smallest that has at least `width` x `height` pixels. `file` outlives
/// it.
[[nodiscard]] result<std::unique_ptr<row_source>> open_jpeg(byte_input& file, std::uint32_t width,
                                                            std::uint32_t height);

} // namespace retraind::imaging
