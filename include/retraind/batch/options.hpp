#pragma once

#include <cstddef>
#include <cstdint>

#include "retraind/base/clock.hpp"

namespace retraind::batch {

/// Limits of one request; the service's own are 64 images and 20 distinct tags (CONTRACT.md fact
/// 10).
struct options {
    std::size_t max_images = 64;
    std::size_t max_tags = 20;
    std::uint64_t max_bytes = std::uint64_t{24} << 20; ///< of the request's body as it is sent
    duration linger = std::chrono::seconds(5);         ///< how long a part batch waits for more
};

} // namespace retraind::batch
