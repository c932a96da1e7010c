#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "retraind/base/clock.hpp"
#include "retraind/base/status.hpp"

namespace retraind::pipeline {

/// What a project has room for, by the service's own count and what was confirmed since. Pure.
class capacity_tracker {
public:
    explicit capacity_tracker(capacity_status limits);

    /// The service's count of images and iterations.
    void on_images(std::uint64_t count, mono_time now);
    void on_iterations(std::uint64_t count) { now_.iterations.used = count; }
    /// So many pictures more are there.
    void on_confirmed(std::uint64_t count);
    /// The service took a picture for one too many, whatever the tier says: full until it counts
    /// fewer, and tried again after a while, for a tier can be changed.
    void on_refused();
    /// drModeEnabled, as the project has it.
    void on_read_only(bool read_only, mono_time now);
    /// A call was refused because of it. The project's own word may come later than that.
    void on_read_only_refusal() noexcept;

    /// How many pictures may be sent beside those that are on their way; nothing where the limit
    /// is not known yet.
    [[nodiscard]] std::optional<std::uint64_t> room(std::uint64_t on_their_way) const;
    [[nodiscard]] bool full() const { return room(0) == 0U; }
    [[nodiscard]] bool read_only() const noexcept { return read_only_; }
    /// Whether no picture may be sent.
    [[nodiscard]] bool closed() const { return read_only_ || full(); }

    /// Why no picture is sent, for people, with the quota and the mend; nothing while one may be.
    [[nodiscard]] std::optional<std::string> why_full() const;
    /// How long until the service is asked again.
    [[nodiscard]] duration look_again_in() const;

    /// The limits, and what is used of them; of tags only the limit.
    [[nodiscard]] const capacity_status& status() const noexcept { return now_; }
    [[nodiscard]] bool counted() const noexcept { return counted_; }

private:
    [[nodiscard]] std::uint64_t limit() const;

    capacity_status now_;
    bool counted_ = false;
    bool read_only_ = false;
    bool read_only_refused_ = false;       ///< and the project not looked at since
    mono_time read_only_until_{};          ///< at least
    bool refused_ = false;                 ///< and not counted since
    std::optional<std::uint64_t> learned_; ///< a limit below the tier's
    mono_time learned_until_{};
};

} // namespace retraind::pipeline
