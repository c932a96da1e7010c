// What a watcher is told about files, and what it says of its passes.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/watch/change_hints.hpp"
#include "retraind/watch/watch_loop.hpp"

namespace retraind::watch {

void watch_loop::remember(file_fingerprint print) {
    taken_.erase(print);
    held_.erase(print);
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
    released_.insert(print);
    // Nobody gives another hint for it; a pass meets it.
    passes_due_.want(time_.now() + options_.settle);
    wakeup_.notify();
}

void watch_loop::look_again_at(file_fingerprint print, const std::string& path) {
    if (due_.add(path, time_.now())) {
        forget(print);
        asked_.insert(path);
        wakeup_.notify();
    } else {
        release(print);
    }
}

void watch_loop::changed_on_the_way(const std::string& path) {
    settling_.changed_on_the_way(path);
    look_later(path, time_.now());
    wakeup_.notify();
}

void watch_loop::look_again() {
    held_.clear();
    scan_now();
}

void watch_loop::scan_now() {
    passes_due_.want(time_.now());
    wakeup_.notify();
}

watch_counts watch_loop::counts() const {
    const mono_time now = time_.now();
    watch_counts counted;
    counted.paused = paused_since_.has_value();
    const std::size_t known_to_wait = due_.due(now) + (paused_since_ ? 1 : 0);
    const std::size_t behind = std::min(known_to_wait, settling_.size());
    counted.settling = settling_.size() - behind;
    counted.waiting = behind + released_.size() + releasing_.size() + asked_.size();
    counted.unreadable_folders = unreadable_;
    if (behind > 0) {
        const mono_time first = std::min(paused_since_.value_or(now), due_.next());
        counted.oldest = std::chrono::duration_cast<duration>(now - first);
    }
    return counted;
}

void watch_loop::begin_pass() {
    ++pass_number_;
    passes_due_.started();
    releasing_.merge(released_);
    released_.clear();
}

void watch_loop::end_pass(duration active, std::size_t files, std::size_t unreadable) {
    ++passes_;
    unreadable_ = unreadable;
    passes_due_.ended(time_.now(), active);
    // What was given back and not met lies in such a folder, which is told, or has gone.
    releasing_.clear();
    // Files in a folder that could not be read were not seen, and have not gone.
    if (unreadable == 0) {
        settling_.drop_unseen(pass_number_);
    }
    events_.emit({event_name::scan_finished,
                  severity::debug,
                  project_,
                  "went over the folder",
                  {{"folder", options_.path}, {"files", files}, {"milliseconds", active.count()}}});
}

void watch_loop::note_trouble(const error& why) {
    std::string sentence = why.message;
    if (why.code == errc::not_found) {
        sentence = fmt::format("{} is not there; make it, or mount what holds it", options_.path);
    }
    if (trouble_ != sentence) {
        const bool replaced = why.code == errc::refused;
        say(replaced ? event_name::folder_replaced : event_name::folder_missing, severity::warning,
            sentence);
        trouble_ = std::move(sentence);
    }
    passes_due_.failed(time_.now());
}

void watch_loop::note_recovery() {
    if (trouble_) {
        trouble_.reset();
        say(event_name::folder_found, severity::info, fmt::format("{} is there", options_.path));
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
        say(event_name::scan_failed, severity::warning, problem.message);
        said_problems_.push_back(std::move(problem.message));
    }
}

void watch_loop::say(event_name name, severity level, std::string sentence) {
    events_.emit({name, level, project_, std::move(sentence), {{"folder", options_.path}}});
}

} // namespace retraind::watch
