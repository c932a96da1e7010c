#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "retraind/base/sha256.hpp"
#include "retraind/imaging/scratch_file.hpp"
#include "retraind/imaging/shrink_rules.hpp"
#include "retraind/intake/image_file.hpp"

namespace retraind::pipeline {

/// The smaller picture that is sent instead of one that is too large. Its bytes lie in a file
/// without a name and are gone with it.
class shrunken_picture {
public:
    shrunken_picture(imaging::scratch_file content, const imaging::shrink_attempt& how)
        : content_(std::move(content)),
          bytes_(content_.size()),
          digest_(content_.finish()),
          how_(how) {}

    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
    /// Of the smaller picture.
    [[nodiscard]] const sha256& digest() const noexcept { return digest_; }
    [[nodiscard]] const imaging::shrink_attempt& how() const noexcept { return how_; }

    /// Blocks: file threads only. Any number of readers, for none of them moves a position.
    [[nodiscard]] result<std::size_t> read_at(std::uint64_t offset,
                                              std::span<std::byte> into) const {
        return content_.read_back(offset, into);
    }

private:
    imaging::scratch_file content_;
    std::uint64_t bytes_;
    sha256 digest_;
    imaging::shrink_attempt how_;
};

/// A smaller picture as `intake::picture_reader` reads a file: from the front to the end, and again
/// from open. The file that it was made of must be the one that was planned all the while: what was
/// changed meanwhile is another picture, and its folder would say so of this one.
class shrunken_reader {
public:
    /// `original` is the digest of the planned file.
    shrunken_reader(std::shared_ptr<const shrunken_picture> picture, std::string path,
                    const file_identity& planned, const std::optional<sha256>& original);

    /// Each fails as `picture_reader`'s does.
    [[nodiscard]] result<void> open();
    [[nodiscard]] result<std::size_t> read(std::span<std::byte> into);
    [[nodiscard]] result<void> close();

    /// Of the file as it lies in the folder: that is what the ledger knows it by.
    [[nodiscard]] const std::optional<sha256>& digest() const noexcept { return original_; }

private:
    std::shared_ptr<const shrunken_picture> picture_;
    std::string path_;
    file_identity planned_;
    std::optional<sha256> original_;
    std::optional<intake::image_file> source_; ///< between open and close
    std::uint64_t offset_ = 0;
};

} // namespace retraind::pipeline
