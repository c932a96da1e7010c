#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "retraind/base/error.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/base/sha256.hpp"
#include "retraind/intake/image_file.hpp"

namespace retraind::intake {

/// A planned picture's bytes from the front to the end, their digest taken on the way, and the
/// certainty that they are one file's that did not change: open, read until 0, close; then again
/// from open, as often as wanted. Every call blocks: file threads only, one at a time.
class picture_reader {
public:
    /// `planned` is the file that was probed; exactly `planned.size` bytes come out.
    picture_reader(std::string path, const file_identity& planned);

    /// Fails with `changed` where the file is not the planned one, and as `image_file::open` does.
    [[nodiscard]] result<void> open();

    /// Fills from the front; 0 after the last planned byte. `changed` where the file ends early.
    [[nodiscard]] result<std::size_t> read(std::span<std::byte> into);

    /// Fails with `changed` where the file is no longer the one that was opened. Closes it in any
    /// case; after a success that followed the last byte `digest` is set.
    [[nodiscard]] result<void> close();

    /// The digest of the bytes of the last pass, once it was closed whole and unchanged.
    [[nodiscard]] const std::optional<sha256>& digest() const noexcept { return digest_; }

private:
    struct pass {
        image_file file;
        sha256_hasher hasher;
        std::uint64_t offset = 0;
    };

    std::string path_;
    file_identity planned_;
    std::optional<pass> pass_; ///< between open and close
    std::optional<sha256> digest_;
};

} // namespace retraind::intake
