#pragma once

#include "retraind/base/error.hpp"
#include "retraind/customvision/image_batch.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace retraind::customvision {

/// One picture after the other as base64, read as it goes through one fixed buffer. One thread at a
/// time.
class contents_encoder {
public:
    /// `raw_bytes`, at least 3, is how much of a picture is read at once. `percent`: what base64
    /// has that means something else in a form (+, /, =) is percent-encoded.
    contents_encoder(std::size_t raw_bytes, bool percent);

    /// Opens a picture. `length` is how long its text must come out; nothing where that is what is
    /// looked for. `entry` outlives the picture's end.
    [[nodiscard]] result<void> begin(const image_entry& entry, std::optional<std::uint64_t> length);

    /// Fills all of `out` unless the picture ends before. A picture is asked whether it is still
    /// the one that was opened (`close`) before its last byte is given away. Fails with the
    /// picture's own error as it is, or with `changed` where it has another size, or other bytes of
    /// the same size that come out longer or shorter.
    [[nodiscard]] result<std::size_t> fill(std::span<std::byte> out);

private:
    [[nodiscard]] bool ended() const noexcept;
    [[nodiscard]] result<void> step(std::span<std::byte>& out);
    [[nodiscard]] result<void> read_more(std::size_t wanted);
    [[nodiscard]] result<void> end_picture();
    [[nodiscard]] result<void> check_length() const;
    void encode_pending(std::size_t raw);
    void give_pending(std::span<std::byte>& out);

    bool percent_;
    const image_entry* entry_ = nullptr;
    std::optional<std::uint64_t> length_;
    std::uint64_t made_ = 0;      ///< bytes of text so far
    std::uint64_t remaining_ = 0; ///< bytes of the picture that are still to be read
    std::vector<std::byte> raw_;  ///< bytes that were read and are not encoded yet
    std::size_t raw_begin_ = 0;
    std::size_t raw_end_ = 0;
    std::string pending_; ///< text that did not go straight into the caller's buffer
    std::size_t pending_given_ = 0;
};

} // namespace retraind::customvision
