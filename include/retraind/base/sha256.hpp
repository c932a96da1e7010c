#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "retraind/base/error.hpp"

struct evp_md_ctx_st;

namespace retraind {

/// The digest of a file's bytes as they lay in the folder: with the project, the ledger's key.
struct sha256 {
    std::array<std::byte, 32> bytes{};

    auto operator<=>(const sha256&) const = default;
};

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string to_hex(const sha256& digest);
[[nodiscard]] result<sha256> parse_sha256(std::string_view hex);

/// Takes bytes as they come; `finish` may be called once.
class sha256_hasher {
public:
    sha256_hasher();
    ~sha256_hasher();
    sha256_hasher(sha256_hasher&&) noexcept;
    sha256_hasher& operator=(sha256_hasher&&) noexcept;
    sha256_hasher(const sha256_hasher&) = delete;
    sha256_hasher& operator=(const sha256_hasher&) = delete;

    void update(std::span<const std::byte> bytes);
    [[nodiscard]] sha256 finish();

private:
    struct free_context {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, free_context> context_;
};

} // namespace retraind

template <>
struct std::hash<retraind::sha256> {
    /// The digest is uniform already: its first bytes serve.
    std::size_t operator()(const retraind::sha256& digest) const noexcept;
};
