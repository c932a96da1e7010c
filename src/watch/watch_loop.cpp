#include "retraind/watch/watch_loop.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include "retraind/base/units.hpp"
#include "retraind/watch/change_hints.hpp"

namespace retraind::watch {
namespace {

/// Names that are looked at again one by one; what is more waits for a pass.
constexpr std::size_t most_due_names = 4096;
/// Names looked at in one hop to the file threads.
constexpr std::size_t names_a_hop = 256;
/// What was seen longer ago is looked at once more before it is handed over.
constexpr duration stale_after = std::chrono::seconds(1);

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
      loop_(std::move(loop)),
      wakeup_(loop_),
      settling_(options_.settle),
      due_(most_due_names),
      passes_due_(options_.scan_every) {}

watch_loop::~watch_loop() = default;

task<void> watch_loop::run() {
    begin_hints();
    const auto stopping = stop_.subscribe([this] {
        hints_->stop();
        wakeup_.notify();
    });
    while (!stop_.requested()) {
        if (time_.now() >= passes_due_.next()) {
            co_await pass();
        } else {
            co_await idle();
        }
    }
    while (!hints_ended_) {
        co_await wakeup_.wait();
    }
    if (hints_failure_) {
        std::rethrow_exception(hints_failure_);
    }
}

void watch_loop::begin_hints() {
    change_hints::listener heard;
    heard.arrived = [this] {
        wakeup_.notify();
    };
    heard.unavailable = [this](const std::string& sentence) {
        say(event_name::change_hints_unavailable, severity::warning,
            fmt::format("{}; until then changes are noticed every {}", sentence,
                        format_duration(options_.scan_every)));
    };
    hints_ = std::make_unique<change_hints>(loop_, std::move(heard));
    boost::asio::co_spawn(loop_, hints_->run(), [this](std::exception_ptr thrown) {
        hints_ended_ = true;
        hints_failure_ = std::move(thrown);
        wakeup_.notify();
    });
}

task<void> watch_loop::idle() {
    if (trouble_) {
        // What is hinted at now is not what is watched; once that is back, a pass goes over it.
        while (!hints_->empty()) {
            static_cast<void>(hints_->take(names_a_hop));
        }
        co_await wakeup_.wait_until(passes_due_.next());
        co_return;
    }
    co_await serve_hints();
    co_await serve_due(taker_.room());
    const mono_time now = time_.now();
    const bool served = hints_->empty() && (due_.next() > now || taker_.room() == 0);
    if (!served || stop_.requested()) {
        co_return;
    }
    // What is due and finds no room waits for `slots_freed`, not for a time.
    const mono_time next_name = due_.next() > now ? due_.next() : mono_time::max();
    co_await wakeup_.wait_until(std::min(passes_due_.next(), next_name));
}

task<bool> watch_loop::is_right() {
    if (guard_ == nullptr) {
        co_return true;
    }
    const result<void> right = co_await guard_->look();
    if (!right) {
        note_trouble(right.error());
    }
    right_ = right.has_value();
    co_return right_;
}

task<bool> watch_loop::is_still_right() {
    if (guard_ == nullptr) {
        co_return true;
    }
    // That it changed is said once; until it is right again no look goes there.
    if (!guard_->stale()) {
        co_return right_;
    }
    const bool right = co_await is_right();
    co_return right;
}

task<void> watch_loop::pass() {
    begin_pass();
    const bool right = co_await is_right();
    if (!right) {
        co_return;
    }
    scan_cursor cursor = cursor_below("");
    duration active{0};
    std::size_t files = 0;
    std::size_t unreadable = 0;
    while (!stop_.requested()) {
        listed_part listed = co_await list(cursor);
        active += std::chrono::ceil<duration>(listed.at.ended - listed.at.began);
        if (!listed.part) {
            note_trouble(listed.part.error());
            co_return;
        }
        const bool still_right = co_await is_still_right();
        if (!still_right) {
            co_return;
        }
        note_recovery();
        files += listed.part->files.size();
        unreadable += listed.part->problems.size();
        say_problems(std::move(listed.part->problems));
        looked_at found{std::move(listed.part->files), listed.at};
        co_await offer_all(std::move(found));
        co_await serve_hints();
        co_await serve_due(taker_.room());
        if (trouble_) {
            co_return;
        }
        if (listed.part->finished) {
            end_pass(active, files, unreadable);
            co_return;
        }
    }
}

scan_cursor watch_loop::cursor_below(std::string path) {
    change_hints& hints = *hints_;
    auto watch = [&hints](int folder, const std::string& below) {
        hints.watch_folder(folder, below);
    };
    return {options_.path, names_, watch, std::move(path)};
}

task<watch_loop::listed_part> watch_loop::list(scan_cursor& cursor) {
    auto next = [&cursor] {
        return cursor.next({});
    };
    look_time at;
    at.began = time_.now();
    result<scan_part> part = co_await files_.run_in(options_.path, next);
    at.ended = time_.now();
    listed_part listed{std::move(part), at};
    co_return listed;
}

task<void> watch_loop::offer_all(looked_at found) {
    std::size_t next = 0;
    while (next < found.files.size() && !stop_.requested()) {
        const bool seen_to = offer(found.files[next], found.at);
        if (seen_to) {
            ++next;
        } else {
            co_await wait_for_room();
        }
        if (!seen_to || time_.now() - found.at.ended > stale_after) {
            // They may have changed or gone, or been taken by their names, since.
            std::vector<std::string> rest;
            for (; next < found.files.size(); ++next) {
                rest.push_back(std::move(found.files[next].path));
            }
            found = co_await look_at_names(std::move(rest));
            next = 0;
        }
    }
    paused_since_.reset();
}

bool watch_loop::offer(scanned_file& file, look_time at) {
    if (passed_over(file.print)) {
        return true;
    }
    const settle_tracker::sighting seen = settling_.seen(file.print, file.path, at, pass_number_);
    if (seen.complete && taker_.room() == 0) {
        paused_since_ = seen.due;
        return false;
    }
    paused_since_.reset();
    if (seen.complete) {
        hand_over(std::move(file), seen.first_seen);
    } else {
        look_later(file.path, seen.due);
    }
    return true;
}

task<void> watch_loop::wait_for_room() {
    while (taker_.room() == 0 && !stop_.requested()) {
        co_await serve_hints();
        if (taker_.room() == 0 && hints_->empty() && !stop_.requested()) {
            co_await wakeup_.wait();
        }
        // Half of it for what has settled meanwhile: a long pass does not keep new files waiting,
        // nor do they keep it.
        co_await serve_due(taker_.room() / 2);
    }
}

task<void> watch_loop::serve_hints() {
    hinted_names names;
    std::vector<std::string> folders;
    for (change_hint& hint : hints_->take(names_a_hop)) {
        if (hint.kind == hint_kind::scan_all) {
            say(event_name::change_hints_lost, severity::info,
                "more changed at once than is remembered; going over the folder");
            passes_due_.want(time_.now());
        } else if (hint.kind == hint_kind::scan_folder) {
            if (names_.enters_path(hint.path)) {
                folders.push_back(std::move(hint.path));
            }
        } else if (names_.takes_path(hint.path)) {
            names[std::move(hint.path)] = hint.kind == hint_kind::file_moved_in;
        }
    }
    co_await look(std::move(names));
    for (std::string& folder : folders) {
        co_await list_new_folder(std::move(folder));
    }
}

task<void> watch_loop::serve_due(std::size_t most) {
    while (most > 0 && !stop_.requested()) {
        std::vector<std::string> due = due_.take(time_.now(), std::min(most, names_a_hop));
        if (due.empty()) {
            co_return;
        }
        most -= due.size();
        hinted_names names;
        for (std::string& path : due) {
            names.emplace(std::move(path), false);
        }
        co_await look(std::move(names));
    }
}

task<void> watch_loop::look(hinted_names names) {
    std::vector<std::string> paths;
    for (const auto& [path, moved_in] : names) {
        paths.push_back(path);
    }
    looked_at found = co_await look_at_names(std::move(paths));
    for (scanned_file& file : found.files) {
        const bool moved_in = names.at(file.path);
        note(std::move(file), found.at, moved_in);
    }
    for (const auto& [path, moved_in] : names) {
        asked_.erase(path);
    }
}

task<watch_loop::looked_at> watch_loop::look_at_names(std::vector<std::string> paths) {
    looked_at found;
    if (paths.empty() || stop_.requested()) {
        co_return found;
    }
    const bool right = co_await is_still_right();
    if (!right) {
        co_return found;
    }
    auto look_at_them = [this, &paths] {
        return look_at(options_.path, names_, paths);
    };
    found.at.began = time_.now();
    found.files = co_await files_.run_in(options_.path, look_at_them);
    found.at.ended = time_.now();
    co_return found;
}

task<void> watch_loop::list_new_folder(std::string path) {
    const bool right = co_await is_still_right();
    if (!right) {
        co_return;
    }
    scan_cursor cursor = cursor_below(std::move(path));
    while (!stop_.requested()) {
        listed_part listed = co_await list(cursor);
        if (!listed.part) {
            co_return; // it went away again, or the next pass says what is wrong with it
        }
        for (scanned_file& file : listed.part->files) {
            note(std::move(file), listed.at, false);
        }
        if (listed.part->finished) {
            co_return;
        }
        if (due_.full()) {
            passes_due_.want(time_.now());
            co_return;
        }
    }
}

void watch_loop::note(scanned_file file, look_time at, bool moved_in) {
    if (stop_.requested() || passed_over(file.print)) {
        return;
    }
    const settle_tracker::sighting seen =
        moved_in ? settling_.moved_in(file.print, at, pass_number_)
                 : settling_.seen(file.print, file.path, at, pass_number_);
    if (seen.complete && taker_.room() > 0) {
        hand_over(std::move(file), seen.first_seen);
    } else {
        look_later(file.path, seen.due);
    }
}

void watch_loop::look_later(const std::string& path, mono_time due) {
    if (!due_.add(path, due)) {
        passes_due_.want(due);
    }
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

bool watch_loop::passed_over(file_fingerprint print) const {
    return taken_.contains(print) || held_.contains(print) || known_.contains(print);
}

} // namespace retraind::watch
