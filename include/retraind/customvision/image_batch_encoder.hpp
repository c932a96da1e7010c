#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/base/ids.hpp"
#include "retraind/customvision/image_batch.hpp"

namespace retraind::customvision {

/// The body of CreateImagesFromFiles as JSON, made piece by piece from pictures that are read as it
/// goes (CONTRACT.md section 2.1): `{"images":[{"name":…,"contents":"<base64>","tagIds":[…]}],
/// "tagIds":[…]}`. Tags that all entries share stand once, on the batch. Its size is known before
/// the first byte is read, and its memory does not grow with the pictures. To send the batch again,
/// make a new one from the same entries. One thread at a time.
class image_batch_encoder {
public:
    /// `raw_bytes`, at least 3, is how much of a picture is read at once.
    explicit image_batch_encoder(std::vector<image_entry> images,
                                 std::size_t raw_bytes = std::size_t{96} << 10);

    /// All bytes that `fill` will give.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }

    /// Fills all of `out` unless the body ends before; 0 at the end. A picture is asked whether it
    /// is still the one that was opened (`close`) before its last byte is given away. Fails with
    /// the picture's own error as it is, or with `changed` where it does not have exactly `bytes`
    /// bytes. After a failure `out` must not be used, and every call fails.
    [[nodiscard]] result<std::size_t> fill(std::span<std::byte> out);

private:
    enum class stage { between, contents, finished };

    [[nodiscard]] result<void> advance(std::span<std::byte>& out);
    [[nodiscard]] result<void> begin_next();
    [[nodiscard]] result<void> encode(std::span<std::byte>& out);
    [[nodiscard]] result<void> read_more(std::size_t wanted);
    [[nodiscard]] result<void> end_picture();
    void put_literal(std::span<std::byte>& out);
    void finish_contents();

    std::vector<image_entry> images_;
    std::vector<tag_id> shared_;
    std::uint64_t size_ = 0;

    stage stage_ = stage::between;
    std::size_t next_ = 0;        ///< the entry after the one that is being written
    std::uint64_t remaining_ = 0; ///< bytes of its picture that are still to be read
    std::string literal_;         ///< text that goes out before anything else
    std::size_t literal_given_ = 0;
    std::vector<std::byte> raw_; ///< bytes that were read and are not encoded yet
    std::size_t raw_begin_ = 0;
    std::size_t raw_end_ = 0;
    std::optional<error> failure_;
};

/// How many bytes an entry adds to a body, its comma included, when all its tags stand on itself.
/// Exact then, and never too few when some of them move to the batch. Pure.
[[nodiscard]] std::uint64_t encoded_entry_bytes(std::string_view name, std::uint64_t bytes,
                                                std::size_t tags);

/// What a body has beside its entries.
inline constexpr std::uint64_t encoded_envelope_bytes = std::string_view(R"({"images":[]})").size();

} // namespace retraind::customvision
