#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "retraind/base/error.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::http {

/// A request body that is never in memory as a whole. Its length is known beforehand; its pieces
/// come one after the other through the source's own fixed buffer.
class body_source {
public:
    virtual ~body_source() = default;

    /// All bytes that `next` will give, for Content-Length.
    [[nodiscard]] virtual std::uint64_t size() const noexcept = 0;
    /// The next piece, valid until the next call; empty at the end. A failure (a file that changed)
    /// makes the transport abandon the request before its last byte and return this error as it is.
    [[nodiscard]] virtual task<result<std::span<const std::byte>>> next() = 0;
};

} // namespace retraind::http
