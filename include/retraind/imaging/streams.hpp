#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "retraind/base/error.hpp"

namespace retraind::imaging {

/// Where a picture's bytes are pulled from. Its errors come out of the readers as they are.
class byte_input {
public:
    virtual ~byte_input() = default;
    /// Fills from the front of `into` with what lies at `offset`; fewer only where the bytes end.
    [[nodiscard]] virtual result<std::size_t> read_at(std::uint64_t offset,
                                                      std::span<std::byte> into) = 0;
};

/// Where a picture's bytes go, in order. Its errors come out of the writers as they are.
class byte_output {
public:
    virtual ~byte_output() = default;
    [[nodiscard]] virtual result<void> write(std::span<const std::byte> bytes) = 0;
};

} // namespace retraind::imaging
