#pragma once

#include <string>

#include "retraind/customvision/image_batch.hpp"

namespace retraind::pipeline {

/// What tells pictures of different metadata apart for `batch::item::group`: metadata sits on the
/// batch, so pictures meet in one only where all of theirs is the same. Empty for none. Pure.
[[nodiscard]] std::string metadata_group(const customvision::metadata_map& metadata);

} // namespace retraind::pipeline
