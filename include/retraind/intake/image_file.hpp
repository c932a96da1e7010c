#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "retraind/base/error.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/base/sha256.hpp"
#include "retraind/intake/image_probe.hpp"

namespace retraind::intake {

/// What the open file is now, asked of the server where it lies on a network share.
[[nodiscard]] result<file_identity> identity_of(int descriptor);

/// What stands at `path`, without following a symbolic link; fails with `not_found` for what is no
/// regular file, and with the error's own kind. Blocks.
[[nodiscard]] result<file_identity> regular_file_at(const std::string& path);

/// A regular file open for reading. Every call blocks: file threads only, one at a time.
///
/// Symbolic links are followed, as the scanner takes those that stay inside the watched tree; one
/// that was turned elsewhere since leads to another device and inode than the planned ones, and a
/// comparison of identities says `changed` before a byte of it is used. Reading leaves the access
/// time alone where the kernel permits that.
class image_file final : public byte_reader {
public:
    /// Fails with `not_found`, `denied`, `full` (descriptors), `io`, or `invalid` for what is no
    /// regular file. `path` is absolute, raw bytes.
    [[nodiscard]] static result<image_file> open(const std::string& path);

    ~image_file() override;
    image_file(image_file&& other) noexcept;
    image_file& operator=(image_file&& other) noexcept;
    image_file(const image_file&) = delete;
    image_file& operator=(const image_file&) = delete;

    /// As it was when it was opened.
    [[nodiscard]] const file_identity& identity() const noexcept { return identity_; }

    /// Fails with `changed` where the file is not, or no longer, `expected`.
    [[nodiscard]] result<void> expect(const file_identity& expected) const;

    [[nodiscard]] result<std::size_t> read_at(std::uint64_t offset,
                                              std::span<std::byte> into) override;

    /// Tells the kernel that the whole file is about to be read from the front.
    void read_ahead() const noexcept;

private:
    image_file(int descriptor, const file_identity& identity) noexcept;

    int descriptor_ = -1;
    file_identity identity_;
};

/// Judges the file at `path`. Fails with `changed` where it was not `expected` before or after, and
/// as `image_file` does. Blocks.
[[nodiscard]] result<verdict> probe_file(const std::string& path, const file_identity& expected,
                                         const picture_limits& limits = {});

/// The bytes of the file at `path`; fails with `invalid` where it has more than `most`, and as
/// `probe_file` does. Blocks.
[[nodiscard]] result<std::string> read_file(const std::string& path, const file_identity& expected,
                                            std::uint64_t most);

/// The digest of the file at `path`; fails as `probe_file` does. Blocks, in constant memory.
[[nodiscard]] result<sha256> hash_file(const std::string& path, const file_identity& expected);

} // namespace retraind::intake
