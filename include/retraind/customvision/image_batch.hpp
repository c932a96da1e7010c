#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/base/ids.hpp"

namespace retraind::customvision {

/// One picture's bytes, pulled while the request goes out. All calls come from one file thread at a
/// time, in the order open, read…, close, and again from open when a batch is sent once more.
class picture_source {
public:
    virtual ~picture_source() = default;
    /// Fails with `changed` where the file is not the one that was planned.
    [[nodiscard]] virtual result<void> open() = 0;
    /// Fills from the front; 0 at the end.
    [[nodiscard]] virtual result<std::size_t> read(std::span<std::byte> into) = 0;
    /// Fails with `changed` where the file is no longer the one that was opened; it has then not
    /// been sent whole, because this is called before the picture's last byte goes out.
    [[nodiscard]] virtual result<void> close() = 0;
};

/// One entry of CreateImagesFromFiles.
struct image_entry {
    std::string name; ///< unique in the batch, UTF-8; comes back as sourceUrl
    std::vector<tag_id> tags;
    std::uint64_t bytes = 0; ///< of the file; exactly so many are read
    std::shared_ptr<picture_source> content;
};

} // namespace retraind::customvision
