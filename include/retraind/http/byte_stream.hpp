#pragma once

#include <cstddef>
#include <span>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::http {

/// For an operation that may take as long as it likes.
inline constexpr duration no_limit = duration::max();

/// A connected stream of bytes, TLS or not: the wall behind which TLS I/O is instantiated once.
/// One read and one write may be under way at the same time; it outlives both. Loop only.
///
/// An operation that takes longer than its limit closes the stream and ends with `timed_out`.
class byte_stream {
public:
    virtual ~byte_stream() = default;

    /// At least one byte, or 0 at a clean end. Errors: timed_out, network, cancelled.
    [[nodiscard]] virtual task<result<std::size_t>> read_some(std::span<std::byte> into,
                                                              duration limit) = 0;
    /// All of it. Errors: timed_out, network, cancelled.
    [[nodiscard]] virtual task<result<void>> write(std::span<const std::byte> bytes,
                                                   duration limit) = 0;
    /// Says goodbye where the protocol has a way, within `limit`, and closes.
    [[nodiscard]] virtual task<void> shutdown(duration limit) = 0;
    /// Closes now; what is under way ends with `cancelled`.
    virtual void close() noexcept = 0;
    /// Whether the line is open and nothing waits to be read, an end neither: what a connection
    /// that nobody talks on should be.
    [[nodiscard]] virtual bool is_quiet() noexcept = 0;
};

} // namespace retraind::http
