#pragma once

#include <functional>

#include "retraind/base/event.hpp"
#include "retraind/pipeline/key_store.hpp"
#include "retraind/pipeline/key_tracker.hpp"
#include "retraind/pipeline/key_trial_rules.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::pipeline {

/// Keeps the training key fresh: looks at its file every two seconds, tries what is new there with
/// a read and uses it from the next request on. Loop only; outlives its coroutines.
class key_keeper {
public:
    /// What it needs of others, all of which outlives it.
    struct tools {
        runtime::workers& files; ///< where the key file is looked at and read
        event_sink& events;
        const clock& time;
        /// Reads of the service with that key.
        std::function<task<key_verdict>(secret)> probe;
        /// Whether the service refuses the key in force.
        std::function<bool()> refused;
        /// Another key is in force.
        std::function<void()> changed;
    };

    /// `in_force`: a key that worked before, from the same place; or an empty one.
    key_keeper(config::key_location where, secret in_force, tools needs);

    [[nodiscard]] const secret& current() const noexcept { return store_.current(); }
    /// Reads the key now. Fails with the reason where there is no key, or where the one in force is
    /// refused and no other can be read.
    [[nodiscard]] task<result<void>> reload();
    /// Looks at the file until stopping is requested; a variable never changes.
    [[nodiscard]] task<void> watch(runtime::stop_signal& stop);

private:
    [[nodiscard]] task<void> judge(result<secret> read);
    [[nodiscard]] task<void> try_out(secret fresh);
    void take(secret fresh);
    void say_kept(event_name name, const std::string& why);

    key_store store_;
    tools needs_;
    key_tracker tracker_;
    bool trying_ = false;
};

} // namespace retraind::pipeline
