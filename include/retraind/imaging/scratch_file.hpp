#pragma once

#include <cstdint>
#include <string>

#include "retraind/base/sha256.hpp"
#include "retraind/imaging/streams.hpp"

namespace retraind::imaging {

/// A file without a name, gone with this: what a smaller picture lies in until it was sent. Every
/// call blocks; one thread at a time.
class scratch_file final : public byte_output, public byte_input {
public:
    /// In `folder`, which is on a disk with room. Fails with `full`, `denied` or `io`.
    [[nodiscard]] static result<scratch_file> create(const std::string& folder);

    ~scratch_file() override;
    scratch_file(scratch_file&& other) noexcept;
    scratch_file& operator=(scratch_file&& other) noexcept;
    scratch_file(const scratch_file&) = delete;
    scratch_file& operator=(const scratch_file&) = delete;

    /// Adds to the end. Fails with `full` or `io`, after which only `clear` makes sense.
    [[nodiscard]] result<void> write(std::span<const std::byte> bytes) override;
    /// Any number of threads at a time, once nothing is written any more.
    [[nodiscard]] result<std::size_t> read_back(std::uint64_t offset,
                                                std::span<std::byte> into) const;
    [[nodiscard]] result<std::size_t> read_at(std::uint64_t offset,
                                              std::span<std::byte> into) override {
        return read_back(offset, into);
    }
    /// Empties it.
    [[nodiscard]] result<void> clear();

    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    /// Of all that was written since it was empty. Nothing can be written any more after it.
    [[nodiscard]] sha256 finish();

private:
    explicit scratch_file(int descriptor) noexcept;

    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    sha256_hasher hasher_;
};

} // namespace retraind::imaging
