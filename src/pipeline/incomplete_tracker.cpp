#include "retraind/pipeline/incomplete_tracker.hpp"

#include <algorithm>
#include <utility>

namespace retraind::pipeline {

mono_time incomplete_tracker::unchanged_since(file_fingerprint print, mono_time now) {
    return since_.emplace(print, now).first->second;
}

void incomplete_tracker::wait(due_file file, mono_time when) {
    waiting_.emplace(when, std::move(file));
}

void incomplete_tracker::forget(file_fingerprint print) {
    since_.erase(print);
}

std::vector<incomplete_tracker::due_file> incomplete_tracker::due(mono_time now) {
    const auto last_asked = asked_.upper_bound(now);
    for (auto each = asked_.begin(); each != last_asked; ++each) {
        const bool waits_again =
            std::any_of(waiting_.begin(), waiting_.end(),
                        [&](const auto& entry) { return entry.second.print == each->second; });
        if (!waits_again) {
            since_.erase(each->second);
        }
    }
    asked_.erase(asked_.begin(), last_asked);

    std::vector<due_file> files;
    const auto last_due = waiting_.upper_bound(now);
    for (auto each = waiting_.begin(); each != last_due; ++each) {
        files.push_back(each->second);
        asked_.emplace(now + grace, each->second.print);
    }
    waiting_.erase(waiting_.begin(), last_due);
    return files;
}

mono_time incomplete_tracker::next_due() const {
    return waiting_.empty() ? mono_time::max() : waiting_.begin()->first;
}

} // namespace retraind::pipeline
