#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace retraind {

/// What makes a file "still the one that was looked at" within one mount. Device and inode change
/// with a remount, so what is remembered across restarts leaves them out (`fingerprint`).
struct file_identity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;       ///< bytes
    std::int64_t modified_ns = 0; ///< mtime, nanoseconds since the epoch
    std::int64_t changed_ns = 0;  ///< ctime, nanoseconds since the epoch

    bool operator==(const file_identity&) const = default;
};

/// A file's place and state in 16 bytes: a digest of its path below the watched folder, size, mtime
/// and ctime. A million kept files cost 16 MB of these.
struct file_fingerprint {
    std::uint64_t high = 0;
    std::uint64_t low = 0;

    auto operator<=>(const file_fingerprint&) const = default;
};

/// `folder` tells watched folders apart; `path` is the raw bytes below it.
[[nodiscard]] file_fingerprint fingerprint(std::string_view folder, std::string_view path,
                                           const file_identity& identity);

} // namespace retraind

template <>
struct std::hash<retraind::file_fingerprint> {
    std::size_t operator()(const retraind::file_fingerprint& print) const noexcept {
        return print.low;
    }
};
