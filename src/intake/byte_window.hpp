#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/intake/image_probe.hpp"

namespace retraind::intake {

/// Buffered reading anywhere in a file whose bytes cannot be trusted: what lies behind the end, or
/// cannot be read, is simply not there; `failure` tells which.
class byte_window {
public:
    byte_window(byte_reader& reader, std::uint64_t size);

    /// Bytes there are; less than what was promised once the reader ended early.
    [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
    [[nodiscard]] const std::optional<error>& failure() const noexcept { return failure_; }

    /// `count` bytes from `offset`, at most `capacity`; empty where they are not all there. Valid
    /// until the next call.
    [[nodiscard]] std::span<const std::byte> view(std::uint64_t offset, std::size_t count);

    [[nodiscard]] std::optional<std::uint8_t> byte_at(std::uint64_t offset);
    [[nodiscard]] std::optional<std::uint32_t> big16_at(std::uint64_t offset);
    [[nodiscard]] std::optional<std::uint32_t> big32_at(std::uint64_t offset);
    [[nodiscard]] std::optional<std::uint32_t> little16_at(std::uint64_t offset);
    [[nodiscard]] std::optional<std::uint32_t> little32_at(std::uint64_t offset);

    /// Where `value` stands next from `offset` on, or at least `size` where it does not.
    [[nodiscard]] std::uint64_t find(std::byte value, std::uint64_t offset);

    static constexpr std::size_t capacity = std::size_t{32} << 10;

private:
    [[nodiscard]] bool holds(std::uint64_t offset, std::size_t count) const noexcept;
    void load(std::uint64_t offset);

    byte_reader& reader_;
    std::uint64_t size_;
    std::vector<std::byte> buffer_;
    std::uint64_t begin_ = 0;
    std::size_t filled_ = 0;
    std::optional<error> failure_;
};

} // namespace retraind::intake
