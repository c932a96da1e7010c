#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/base/ids.hpp"
#include "retraind/customvision/types.hpp"

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
    std::vector<region> regions; ///< of detection projects
    std::uint64_t bytes = 0;     ///< of the file; exactly so many are read
    std::shared_ptr<picture_source> content;
};

/// Key and value; sits on the batch, so all pictures of one have the same. From v3.3 on.
using metadata_map = std::map<std::string, std::string>;

/// The body of CreateImagesFromFiles.
struct image_batch {
    std::vector<image_entry> images;
    metadata_map metadata;
};

/// The tags that all entries of a batch have.
template <class Entry>
[[nodiscard]] std::vector<tag_id> shared_tags(const std::vector<Entry>& images) {
    std::vector<tag_id> shared = images.empty() ? std::vector<tag_id>() : images.front().tags;
    std::erase_if(shared, [&images](const tag_id& tag) {
        return !std::all_of(images.begin(), images.end(), [&tag](const Entry& each) {
            return std::find(each.tags.begin(), each.tags.end(), tag) != each.tags.end();
        });
    });
    return shared;
}

/// One entry of CreateImagesFromUrls.
struct url_entry {
    std::string url; ///< unique in the batch; comes back as sourceUrl
    std::vector<tag_id> tags;
    std::vector<region> regions;
};

/// The body of CreateImagesFromUrls: 64 entries and 20 distinct tags at most.
struct url_batch {
    std::vector<url_entry> images;
    metadata_map metadata;
};

} // namespace retraind::customvision
