#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/customvision/image_batch.hpp"
#include "retraind/customvision/media_type_rules.hpp"

namespace retraind::customvision {

/// The body of CreateImagesFromFiles in any notation, made piece by piece from pictures that are
/// read as it goes (CONTRACT.md section 2.1): `{"images":[{"name":…,"contents":"<base64>",
/// "tagIds":[…],"regions":[…]}],"tagIds":[…],"metadata":{…}}`. Tags that all entries share stand
/// once, on the batch. Its size is known before the first byte is given away, and its memory does
/// not grow with the pictures. To send the batch again, make a new one from the same entries. One
/// thread at a time.
class image_batch_encoder {
public:
    /// `raw_bytes`, at least 3, is how much of a picture is read at once.
    explicit image_batch_encoder(image_batch batch, notation as = notation::json,
                                 std::size_t raw_bytes = std::size_t{96} << 10);
    ~image_batch_encoder();
    image_batch_encoder(const image_batch_encoder&) = delete;
    image_batch_encoder& operator=(const image_batch_encoder&) = delete;

    /// Whether `size` is known. In a form it is not: how long a picture's base64 comes out
    /// percent-encoded depends on its bytes, so each is read through once.
    [[nodiscard]] bool measured() const noexcept;
    /// Reads the next picture that was not measured, by way of `scratch`, which is not empty. Fails
    /// like `fill`.
    [[nodiscard]] result<void> measure_next(std::span<std::byte> scratch);

    /// All bytes that `fill` will give. Once `measured`.
    [[nodiscard]] std::uint64_t size() const noexcept;

    /// What each entry adds to a body, whatever others it stands among; in their order. Once
    /// `measured`.
    [[nodiscard]] std::vector<std::uint64_t> entry_bytes() const;

    /// Fills all of `out` unless the body ends before; 0 at the end. Once `measured`. A picture is
    /// asked whether it is still the one that was opened (`close`) before its last byte is given
    /// away. Fails with the picture's own error as it is, or with `changed` where it does not have
    /// exactly `bytes` bytes. After a failure `out` must not be used, and every call fails.
    [[nodiscard]] result<std::size_t> fill(std::span<std::byte> out);

private:
    struct state;
    std::unique_ptr<state> state_;
};

/// How many bytes an entry adds to a body, its comma included, when all its tags stand on itself
/// (then JSON and XML take exactly so many, but for a first or only comma), and never too few when
/// some of them move to the batch. For a form it is what a compressed picture takes; one with long
/// runs of the same bytes may take up to three times as many, which only reading it tells.
/// `content` is not looked at. Pure.
[[nodiscard]] std::uint64_t encoded_entry_bytes(const image_entry& entry, notation as);
/// The same, and never too few in a form either, of an entry whose contents take `contents` bytes
/// there.
[[nodiscard]] std::uint64_t encoded_entry_bytes(const image_entry& entry, notation as,
                                                std::uint64_t contents);

/// What a body has beside its entries and the tags they share. Pure.
[[nodiscard]] std::uint64_t encoded_envelope_bytes(const metadata_map& metadata, notation as);

} // namespace retraind::customvision
