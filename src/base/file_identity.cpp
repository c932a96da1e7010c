#include "retraind/base/file_identity.hpp"

#include <cstring>
#include <span>

#include "retraind/base/sha256.hpp"

namespace retraind {

file_fingerprint fingerprint(std::string_view folder, std::string_view path,
                             const file_identity& identity) {
    sha256_hasher hasher;
    const auto add = [&hasher](std::string_view text) {
        hasher.update(std::as_bytes(std::span(text)));
        constexpr std::byte end{0}; // no path holds a NUL, so the fields cannot run together
        hasher.update(std::span(&end, 1));
    };
    add(folder);
    add(path);
    const std::array<std::uint64_t, 3> state{identity.size,
                                             static_cast<std::uint64_t>(identity.modified_ns),
                                             static_cast<std::uint64_t>(identity.changed_ns)};
    hasher.update(std::as_bytes(std::span(state)));
    const sha256 digest = hasher.finish();
    file_fingerprint print;
    std::memcpy(&print.high, digest.bytes.data(), sizeof print.high);
    std::memcpy(&print.low, digest.bytes.data() + sizeof print.high, sizeof print.low);
    return print;
}

} // namespace retraind
