#pragma once

#include <optional>

#include "retraind/base/clock.hpp"
#include "retraind/http/options.hpp"

namespace retraind::http {

/// A key's share of the service's rate: a token bucket, a cap on what is in flight and a pause.
/// Pure; time comes in and never runs backwards.
class rate_budget {
public:
    rate_budget(rate_options options, mono_time now);

    /// Takes a turn where there is one now. Each taken turn is given back with `give_back`.
    [[nodiscard]] bool take(mono_time now);
    /// Other options for the same key: what was used up, is in flight or pauses stays so.
    void change(rate_options options, mono_time now);
    void give_back() noexcept;
    /// No turn before then. A shorter pause does not end a longer one.
    void pause_until(mono_time until) noexcept;

    /// When `take` is worth the next try; nothing while only the end of a turn can help.
    [[nodiscard]] std::optional<mono_time> next(mono_time now) const;
    [[nodiscard]] unsigned in_flight() const noexcept { return in_flight_; }

private:
    [[nodiscard]] double tokens_at(mono_time now) const;

    rate_options options_;
    double most_tokens_;
    double tokens_;
    mono_time counted_at_;
    mono_time paused_until_ = mono_time::min();
    unsigned in_flight_ = 0;
};

} // namespace retraind::http
