#pragma once

#include <cstddef>
#include <deque>
#include <memory>

#include "retraind/base/clock.hpp"
#include "retraind/http/byte_stream.hpp"

namespace retraind::http {

/// Connections to one server on which nobody talks. What the peer has closed in the meantime, or
/// said something on unasked, is not given out again, and neither is what lay here too long: peers
/// and what stands between drop idle lines without a word. Loop only.
class connection_pool {
public:
    connection_pool() = default;
    connection_pool(std::size_t most_idle, duration longest_idle)
        : most_idle_(most_idle), longest_idle_(longest_idle) {}

    /// The one used last; null when there is none that can be used.
    [[nodiscard]] std::shared_ptr<byte_stream> take(mono_time now);
    void put(std::shared_ptr<byte_stream> connection, mono_time now);
    void clear() noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return idle_.size(); }

private:
    struct idle {
        std::shared_ptr<byte_stream> connection;
        mono_time since;
    };
    void drop_oldest() noexcept;

    std::size_t most_idle_ = 8;
    duration longest_idle_ = std::chrono::seconds(60);
    std::deque<idle> idle_; ///< oldest first
};

} // namespace retraind::http
