#pragma once

#include <optional>
#include <string>

#include "retraind/base/clock.hpp"
#include "retraind/customvision/failure.hpp"

namespace retraind::pipeline {

/// Whether the service still talks to us: what `--once` gives up on, and what a person who asks
/// "why does nothing happen" is told. Pure; one for the whole key.
class service_contact {
public:
    /// Takes note of a call's end, answered or not, and hands it on.
    template <class T>
    const customvision::answer<T>& heard(const customvision::answer<T>& call, mono_time now) {
        if (call) {
            on_answer();
        } else {
            on_failure(call.error(), now);
        }
        return call;
    }

    void on_answer();
    void on_failure(const customvision::failure& why, mono_time now);

    /// For how long requests have been tried without one answer, or with no other than that there
    /// are too many (429); nothing while none is needed.
    [[nodiscard]] mono_time::duration silent_for(mono_time now) const {
        return silent_since_ ? now - *silent_since_ : mono_time::duration(0);
    }
    /// The words with which the key was refused last; nothing once a request went through.
    [[nodiscard]] const std::optional<std::string>& key_refused() const noexcept {
        return key_refused_;
    }
    [[nodiscard]] const std::string& last_failure() const noexcept { return last_failure_; }

private:
    std::optional<mono_time> silent_since_; ///< the first such failure since another answer
    std::optional<std::string> key_refused_;
    std::string last_failure_;
};

} // namespace retraind::pipeline
