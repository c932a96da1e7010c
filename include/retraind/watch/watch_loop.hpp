#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/unordered/unordered_flat_set.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/event.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/runtime/notifier.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/workers.hpp"
#include "retraind/watch/due_tracker.hpp"
#include "retraind/watch/folder_guard.hpp"
#include "retraind/watch/known_files.hpp"
#include "retraind/watch/name_rules.hpp"
#include "retraind/watch/options.hpp"
#include "retraind/watch/pass_planner.hpp"
#include "retraind/watch/scanner.hpp"
#include "retraind/watch/settle_tracker.hpp"

namespace retraind::watch {

class change_hints;
struct change_hint;

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
    /// `release` when it knows what became of it; until then it is not given the same file again.
    virtual void take(found_file file) = 0;
};

/// Files, as far as the watcher has come: one that no pass has reached yet is in neither.
struct watch_counts {
    std::size_t settling = 0;
    std::size_t waiting = 0; ///< settled and not taken yet, or given back and not met again
    duration oldest{0};      ///< how long the first of those has waited
    bool paused = false;     ///< a pass stands still until there is room
    std::size_t unreadable_folders = 0; ///< that the last pass could not look into
};

/// Watches one folder: passes over the whole tree are the truth, change hints make it fast. A pass
/// pauses while the taker has no room, and names that hints give are looked at meanwhile. What is
/// known, held, taken or settling takes no room and stops nothing behind it. Loop only.
///
/// After the first pass every file that it found is taken, known, held, or counted in `counts`.
class watch_loop {
public:
    /// All but `project` and `settings` outlive it.
    watch_loop(boost::asio::any_io_executor loop, const clock& time, event_sink& events,
               runtime::stop_signal& stop, runtime::workers& files, std::string project,
               options settings, file_taker& taker);
    ~watch_loop();

    /// Asks `guard`, which outlives it, before each pass. Before `run`.
    void ask(folder_guard& guard) { guard_ = &guard; }

    /// Ends when stopping is requested. Run once.
    [[nodiscard]] task<void> run();

    /// The taker may have room again.
    void slots_freed() { wakeup_.notify(); }
    /// It has its outcome and stays: gone over from now on.
    void remember(file_fingerprint print);
    /// It stays with a reason: gone over until `look_again`, or until it changes.
    void hold(file_fingerprint print);
    /// Whether `remember` was said of that print.
    [[nodiscard]] bool remembers(file_fingerprint print) const { return known_.contains(print); }
    /// It has left, or is to be met anew.
    void forget(file_fingerprint print);
    /// Nothing became of it: taken again when a pass or a hint meets it.
    void release(file_fingerprint print);
    /// The same, and it is looked at by its name at once. Until then it counts as waiting.
    void look_again_at(file_fingerprint print, const std::string& path);
    /// It changed while it was sent: the file of that name settles with twice the wait.
    void changed_on_the_way(const std::string& path);
    /// Held files are met anew.
    void look_again();
    /// A pass as soon as the rest after the last one is over (ten times what that took).
    void scan_now();

    /// Whether a pass over everything has ended since the start.
    [[nodiscard]] bool first_pass_done() const noexcept { return passes_ > 0; }
    [[nodiscard]] watch_counts counts() const;
    /// Why nothing can be taken from here; nothing while it can.
    [[nodiscard]] const std::optional<std::string>& not_ready() const noexcept { return trouble_; }

private:
    using prints = boost::unordered_flat_set<file_fingerprint, std::hash<file_fingerprint>>;
    /// Names to look at, and whether the last thing that happened to each was a rename into place.
    using hinted_names = std::map<std::string, bool>;
    struct looked_at {
        std::vector<scanned_file> files;
        look_time at;
    };
    struct listed_part {
        result<scan_part> part;
        look_time at;
    };

    void begin_hints();
    [[nodiscard]] task<void> idle();
    [[nodiscard]] task<void> pass();
    [[nodiscard]] task<listed_part> list(scan_cursor& cursor);
    [[nodiscard]] task<void> offer_all(looked_at found);
    [[nodiscard]] task<void> wait_for_room();
    [[nodiscard]] task<void> serve_hints();
    [[nodiscard]] task<void> serve_due(std::size_t most);
    [[nodiscard]] task<void> look(hinted_names names);
    /// Whether what lies there is what is to be watched; says why not.
    [[nodiscard]] task<bool> is_right();
    /// The same, asked only where that may have changed.
    [[nodiscard]] task<bool> is_still_right();
    [[nodiscard]] task<looked_at> look_at_names(std::vector<std::string> paths);
    [[nodiscard]] task<void> list_new_folder(std::string path);
    [[nodiscard]] scan_cursor cursor_below(std::string path);

    /// False when it is complete and there is no room for it.
    [[nodiscard]] bool offer(scanned_file& file, look_time at);
    void note(scanned_file file, look_time at, bool moved_in);
    void look_later(const std::string& path, mono_time due);
    void hand_over(scanned_file file, mono_time first_seen);
    [[nodiscard]] bool passed_over(file_fingerprint print) const;

    void begin_pass();
    void end_pass(duration active, std::size_t files, std::size_t unreadable);
    void note_trouble(const error& why);
    void note_recovery();
    void say_problems(std::vector<error> problems);
    void say(event_name name, severity level, std::string sentence);

    const clock& time_;
    event_sink& events_;
    runtime::stop_signal& stop_;
    runtime::workers& files_;
    std::string project_;
    options options_;
    name_rules names_;
    file_taker& taker_;
    folder_guard* guard_ = nullptr;
    boost::asio::any_io_executor loop_;
    runtime::notifier wakeup_;
    std::unique_ptr<change_hints> hints_;
    bool hints_ended_ = false;
    std::exception_ptr hints_failure_;

    settle_tracker settling_;
    due_tracker due_;
    pass_planner passes_due_;
    known_files known_;
    prints held_;
    prints taken_;
    prints released_; ///< given back, until a pass that began later has met them
    prints releasing_;
    std::set<std::string> asked_; ///< names that are looked at again soon, though nothing changed
    std::size_t unreadable_ = 0;  ///< folders, as far as the last whole pass went
    std::optional<mono_time> paused_since_; ///< when the file that a pass stands at was complete
    std::optional<std::string> trouble_;
    bool right_ = true; ///< whether the folder's mount was the remembered one at the last look
    std::vector<std::string> said_problems_;
    std::uint32_t pass_number_ = 0;
    std::uint32_t passes_ = 0;
};

} // namespace retraind::watch
