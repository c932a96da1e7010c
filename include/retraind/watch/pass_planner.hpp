#pragma once

#include "retraind/base/clock.hpp"

namespace retraind::watch {

/// When the next pass over everything starts: `scan_every` after the last one, earlier when it is
/// wanted, and never before ten times the last one's working time is over, so that a large folder
/// is not listed all day. Pure.
class pass_planner {
public:
    explicit pass_planner(duration scan_every) : scan_every_(scan_every) {}

    /// A pass starts: it does what was wanted so far.
    void started() { wanted_ = mono_time::max(); }
    /// It went over everything. `active` leaves out the time that it waited for the taker.
    void ended(mono_time now, duration active);
    /// The folder is not there, or cannot be read: it is tried again soon.
    void failed(mono_time now);
    /// Something asks for a pass at `when`.
    void want(mono_time when);

    /// At once before the first.
    [[nodiscard]] mono_time next() const;

private:
    duration scan_every_;
    mono_time rested_ = mono_time::min();
    mono_time regular_ = mono_time::min();
    mono_time wanted_ = mono_time::max();
};

} // namespace retraind::watch
