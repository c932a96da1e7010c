#include "retraind/watch/watch_loop.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include "retraind/base/units.hpp"

namespace retraind::watch {
namespace {

/// Files of one hop to the file threads.
constexpr std::size_t files_a_hop = 1024;
/// A pass over everything starts no sooner than this many times the last one's duration after it.
constexpr int rest_factor = 10;
constexpr duration least_rest = std::chrono::milliseconds(100);
/// Hinted names that are looked at again when they have settled; more are one pass.
constexpr std::size_t most_due_names = 4096;

} // namespace

watch_loop::watch_loop(boost::asio::any_io_executor loop, const clock& time, event_sink& events,
                       runtime::stop_signal& stop, runtime::workers& files, std::string project,
                       options settings, file_taker& taker)
    : time_(time),
      events_(events),
      stop_(stop),
      files_(files),
      project_(std::move(project)),
      options_(std::move(settings)),
      names_(options_),
      taker_(taker),
      wakeup_(loop),
      loop_(std::move(loop)),
      settling_(options_.settle) {}

watch_loop::~watch_loop() = default;

task<void> watch_loop::run() {
    change_hints::listener heard;
    heard.arrived = [this] {
        wakeup_.notify();
    };
    heard.unavailable = [this](std::string sentence) {
        events_.emit({event_name::change_hints_unavailable,
                      severity::warning,
                      project_,
                      fmt::format("{}; until then changes are noticed every {}", sentence,
                                  format_duration(options_.scan_every)),
                      {{"folder", options_.path}}});
    };
    hints_ = std::make_unique<change_hints>(loop_, options_.path, std::move(heard));
    bool hints_ended = false;
    boost::asio::co_spawn(loop_, hints_->run(), [this, &hints_ended](const std::exception_ptr&) {
        hints_ended = true;
        wakeup_.notify();
    });
    const auto stopping = stop_.subscribe([this] {
        hints_->stop();
        wakeup_.notify();
    });
    while (!stop_.requested()) {
        if (std::exchange(scan_wanted_, false) || time_.now() >= next_pass_) {
            co_await pass("");
        } else {
            co_await wait_for_work();
        }
    }
    while (!hints_ended) {
        co_await wakeup_.wait();
    }
}

task<void> watch_loop::wait_for_work() {
    co_await serve_hints();
    co_await serve_due();
    if (stop_.requested() || scan_wanted_ || !hints_->empty()) {
        co_return;
    }
    mono_time until = next_pass_;
    for (const auto& [due, path] : due_names_) {
        until = std::min(until, due);
    }
    co_await wakeup_.wait_until(until);
}

task<void> watch_loop::pass(std::string below) {
    const bool whole = below.empty();
    const mono_time begun = time_.now();
    if (whole) {
        ++pass_number_;
        earliest_due_ = mono_time::max();
    }
    change_hints& hints = *hints_;
    scan_cursor cursor(
        options_.path, names_, [&hints](const std::string& folder) { hints.watch_folder(folder); },
        std::move(below));
    duration active{0};
    std::size_t files = 0;
    while (!stop_.requested()) {
        auto next = [&cursor] {
            return cursor.next(files_a_hop);
        };
        const mono_time asked = time_.now();
        result<scan_part> part = co_await files_.run(next);
        active += std::chrono::duration_cast<duration>(time_.now() - asked);
        if (!part) {
            if (whole) {
                note_trouble(part.error());
            }
            co_return;
        }
        note_recovery();
        say_problems(std::move(part->problems));
        files += part->files.size();
        for (scanned_file& file : part->files) {
            const bool offered = co_await offer(std::move(file), false);
            if (!offered) {
                co_return;
            }
        }
        if (part->finished) {
            end_pass(begun, active, files, whole);
            co_return;
        }
    }
}

task<bool> watch_loop::offer(scanned_file file, bool complete) {
    if (passed_over(file.print)) {
        co_return true;
    }
    settle_tracker::sighting seen =
        settling_.seen(file.print, file.path, time_.now(), pass_number_);
    if (!seen.complete && !complete) {
        earliest_due_ = std::min(earliest_due_, seen.due);
        co_return true;
    }
    waiting_since_ = seen.first_seen;
    while (taker_.room() == 0 && !stop_.requested()) {
        co_await wakeup_.wait();
    }
    waiting_since_ = mono_time::max();
    if (stop_.requested()) {
        co_return false;
    }
    hand_over(std::move(file), seen.first_seen);
    co_return true;
}

void watch_loop::hand_over(scanned_file file, mono_time first_seen) {
    settling_.forget(file.print);
    taken_.insert(file.print);
    found_file found;
    found.path = std::move(file.path);
    found.identity = file.identity;
    found.print = file.print;
    found.first_seen = first_seen;
    found.first_seen_wall =
        time_.wall() - std::chrono::duration_cast<duration>(time_.now() - first_seen);
    taker_.take(std::move(found));
}

task<void> watch_loop::serve_hints() {
    constexpr std::size_t hints_a_hop = 256;
    while (!stop_.requested()) {
        std::vector<change_hint> hints = hints_->take(hints_a_hop);
        if (hints.empty()) {
            co_return;
        }
        co_await serve(std::move(hints));
    }
}

task<void> watch_loop::serve(std::vector<change_hint> hints) {
    std::vector<std::string> paths;
    std::vector<bool> moved_in;
    for (const change_hint& hint : hints) {
        if (hint.kind == hint_kind::scan_all) {
            scan_wanted_ = true;
            events_.emit({event_name::change_hints_lost,
                          severity::info,
                          project_,
                          "more changed at once than the kernel remembers; listing the folder",
                          {{"folder", options_.path}}});
        } else if (hint.kind == hint_kind::scan_folder) {
            if (names_.enters_path(hint.path)) {
                co_await pass(hint.path);
            }
        } else if (names_.takes_path(hint.path)) {
            paths.push_back(hint.path);
            moved_in.push_back(hint.kind == hint_kind::file_moved_in);
        }
    }
    auto look = [this, &paths] {
        return look_at(options_.path, names_, paths);
    };
    std::vector<scanned_file> found = co_await files_.run(look);
    for (scanned_file& file : found) {
        const auto at = std::find(paths.rbegin(), paths.rend(), file.path);
        const bool complete = moved_in[static_cast<std::size_t>(paths.rend() - at) - 1];
        std::string path = file.path;
        const bool settles = !complete && !passed_over(file.print);
        const bool offered = co_await offer(std::move(file), complete);
        if (!offered) {
            co_return;
        }
        if (settles && due_names_.size() < most_due_names) {
            due_names_.emplace_back(time_.now() + options_.settle, std::move(path));
        }
    }
}

task<void> watch_loop::serve_due() {
    const mono_time now = time_.now();
    std::vector<change_hint> hints;
    std::erase_if(due_names_, [&](const auto& entry) {
        if (entry.first > now) {
            return false;
        }
        hints.push_back({hint_kind::look_at_file, entry.second});
        return true;
    });
    if (!hints.empty()) {
        co_await serve(std::move(hints));
    }
}

void watch_loop::end_pass(mono_time begun, duration active, std::size_t files, bool whole) {
    if (!whole) {
        next_pass_ = std::min(next_pass_, std::max(earliest_due_, time_.now() + least_rest));
        return;
    }
    ++passes_;
    settling_.drop_unseen(pass_number_);
    const mono_time now = time_.now();
    const mono_time rested = now + std::max(active * rest_factor, least_rest);
    next_pass_ = std::max(rested, std::min(now + options_.scan_every, earliest_due_));
    events_.emit({event_name::scan_finished,
                  severity::debug,
                  project_,
                  "went over the folder",
                  {{"folder", options_.path},
                   {"files", files},
                   {"milliseconds",
                    std::chrono::duration_cast<std::chrono::milliseconds>(now - begun).count()}}});
}

bool watch_loop::passed_over(file_fingerprint print) const {
    return taken_.contains(print) || held_.contains(print) || known_.contains(print);
}

void watch_loop::note_trouble(const error& why) {
    std::string sentence = why.message;
    if (why.code == errc::not_found) {
        sentence = fmt::format("{} is not there; make it, or mount what holds it", options_.path);
    }
    if (trouble_ != sentence) {
        events_.emit({event_name::folder_missing,
                      severity::warning,
                      project_,
                      sentence,
                      {{"folder", options_.path}}});
        trouble_ = std::move(sentence);
    }
    constexpr duration look_every = std::chrono::seconds(1);
    next_pass_ = time_.now() + std::min(options_.scan_every, look_every);
}

void watch_loop::note_recovery() {
    if (trouble_) {
        trouble_.reset();
        events_.emit({event_name::folder_found,
                      severity::info,
                      project_,
                      fmt::format("{} is there", options_.path),
                      {{"folder", options_.path}}});
    }
}

void watch_loop::say_problems(std::vector<error> problems) {
    constexpr std::size_t most_said = 100;
    for (error& problem : problems) {
        const bool said = std::find(said_problems_.begin(), said_problems_.end(),
                                    problem.message) != said_problems_.end();
        if (said || said_problems_.size() >= most_said) {
            continue;
        }
        events_.emit({event_name::scan_failed, severity::warning, project_, problem.message, {}});
        said_problems_.push_back(std::move(problem.message));
    }
}

void watch_loop::remember(file_fingerprint print) {
    taken_.erase(print);
    known_.add(print);
}

void watch_loop::hold(file_fingerprint print) {
    taken_.erase(print);
    held_.insert(print);
}

void watch_loop::forget(file_fingerprint print) {
    taken_.erase(print);
    held_.erase(print);
    known_.remove(print);
}

void watch_loop::release(file_fingerprint print) {
    forget(print);
    // Nobody will give another hint for it; the next pass meets it.
    next_pass_ = std::min(next_pass_, time_.now() + std::max(options_.settle, least_rest));
    wakeup_.notify();
}

void watch_loop::changed_on_the_way(const std::string& path) {
    settling_.changed_on_the_way(path);
    wakeup_.notify();
}

void watch_loop::look_again() {
    held_.clear();
    scan_now();
}

void watch_loop::scan_now() {
    scan_wanted_ = true;
    wakeup_.notify();
}

watch_counts watch_loop::counts() const {
    watch_counts now;
    now.settling = settling_.size();
    if (waiting_since_ != mono_time::max()) {
        now.waiting = 1;
        now.oldest = std::chrono::duration_cast<duration>(time_.now() - waiting_since_);
    }
    return now;
}

} // namespace retraind::watch
