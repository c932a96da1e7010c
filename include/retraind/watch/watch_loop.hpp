#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/event.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/runtime/notifier.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/workers.hpp"
#include "retraind/watch/change_hints.hpp"
#include "retraind/watch/known_files.hpp"
#include "retraind/watch/options.hpp"
#include "retraind/watch/scanner.hpp"
#include "retraind/watch/settle_tracker.hpp"

namespace retraind::watch {

/// A complete file that nobody has seen to yet.
struct found_file {
    std::string path; ///< below the watched folder, raw bytes
    file_identity identity;
    file_fingerprint print;
    mono_time first_seen{};      ///< with this identity
    wall_time first_seen_wall{}; ///< the same moment
};

/// Who takes what a watcher finds.
class file_taker {
public:
    virtual ~file_taker() = default;
    /// How many files it has room for now.
    [[nodiscard]] virtual std::size_t room() = 0;
    /// Takes one; only called where there is room. It says `remember`, `hold`, `forget` or
    /// `release` when it knows what became of it.
    virtual void take(found_file file) = 0;
};

struct watch_counts {
    std::size_t settling = 0;
    std::size_t waiting = 0; ///< complete, behind the slots, as far as the pass has come
    duration oldest{0};      ///< how long the first of those has waited
};

/// Watches one folder: passes over the whole tree are the truth, change hints make it fast. A pass
/// pauses while the taker has no room. Loop only.
class watch_loop {
public:
    watch_loop(boost::asio::any_io_executor loop, const clock& time, event_sink& events,
               runtime::stop_signal& stop, runtime::workers& files, std::string project,
               options settings, file_taker& taker);
    ~watch_loop();

    /// Ends when stopping is requested.
    [[nodiscard]] task<void> run();

    /// The taker may have room again.
    void slots_freed() { wakeup_.notify(); }
    /// It has its outcome and stays: gone over from now on.
    void remember(file_fingerprint print);
    /// It stays with a reason: gone over until `look_again`, or until it changes.
    void hold(file_fingerprint print);
    /// It has left, or is to be met anew.
    void forget(file_fingerprint print);
    /// Nothing became of it: taken again when a pass or a hint meets it.
    void release(file_fingerprint print);
    /// It changed while it was sent: the file of that name settles with twice the wait.
    void changed_on_the_way(const std::string& path);
    /// Held files are met anew.
    void look_again();
    void scan_now();

    /// Whether a pass over everything has ended since the start.
    [[nodiscard]] bool first_pass_done() const noexcept { return passes_ > 0; }
    [[nodiscard]] watch_counts counts() const;
    /// Why nothing can be taken from here; nothing while it can.
    [[nodiscard]] const std::optional<std::string>& not_ready() const noexcept { return trouble_; }

private:
    using prints = boost::unordered_flat_set<file_fingerprint, std::hash<file_fingerprint>>;

    [[nodiscard]] task<void> wait_for_work();
    [[nodiscard]] task<void> pass(std::string below);
    [[nodiscard]] task<bool> offer(scanned_file file, bool complete);
    [[nodiscard]] task<void> serve_hints();
    [[nodiscard]] task<void> serve(std::vector<change_hint> hints);
    [[nodiscard]] task<void> serve_due();
    [[nodiscard]] bool passed_over(file_fingerprint print) const;
    void note_trouble(const error& why);
    void note_recovery();
    void say_problems(std::vector<error> problems);
    void end_pass(mono_time begun, duration active, std::size_t files, bool whole);
    void hand_over(scanned_file file, mono_time first_seen);

    const clock& time_;
    event_sink& events_;
    runtime::stop_signal& stop_;
    runtime::workers& files_;
    std::string project_;
    options options_;
    name_rules names_;
    file_taker& taker_;
    runtime::notifier wakeup_;
    boost::asio::any_io_executor loop_;
    std::unique_ptr<change_hints> hints_;

    settle_tracker settling_;
    known_files known_;
    prints held_;
    prints taken_;
    std::vector<std::pair<mono_time, std::string>> due_names_; ///< hinted files that settle
    std::optional<std::string> trouble_;
    std::vector<std::string> said_problems_;
    mono_time next_pass_{};
    mono_time earliest_due_ = mono_time::max(); ///< of what the current pass saw settling
    mono_time waiting_since_ = mono_time::max();
    std::uint32_t pass_number_ = 0;
    std::uint32_t passes_ = 0;
    bool scan_wanted_ = false;
};

} // namespace retraind::watch
