#pragma once

#include "retraind/customvision/image_batch.hpp"
#include "retraind/customvision/media_type_rules.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace retraind::customvision {

/// ImageFileCreateBatch without the pictures' contents: the texts that stand before, between and
/// after them, in any notation. Pure; one batch, which outlives it.
class image_batch_layout {
public:
    image_batch_layout(const image_batch& batch, notation as);

    [[nodiscard]] notation written() const noexcept { return as_; }
    [[nodiscard]] std::string begin() const;
    /// From the end of the entry before to the beginning of this one's contents.
    [[nodiscard]] std::string opening(std::size_t entry) const;
    /// From the end of the contents to the end of the entry.
    [[nodiscard]] std::string closing(std::size_t entry) const;
    [[nodiscard]] std::string end() const;

private:
    const image_batch& batch_;
    notation as_;
    std::vector<tag_id> shared_; ///< stand once, on the batch
};

/// Base64's length, which is all a picture's contents take in JSON and XML.
[[nodiscard]] std::uint64_t base64_bytes(std::uint64_t raw) noexcept;

} // namespace retraind::customvision
