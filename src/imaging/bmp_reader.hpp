#pragma once

#include <memory>

#include "retraind/imaging/rows.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

/// A BMP's rows, found one by one in the file, so that it does not matter that most are stored from
/// the bottom. Takes uncompressed ones of 1, 4, 8, 16, 24 and 32 bits, with bit fields or without;
/// alpha is not looked at, as most programs leave it at 0. `file` outlives it.
[[nodiscard]] result<std::unique_ptr<row_source>> open_bmp(byte_input& file);

} // namespace retraind::imaging
