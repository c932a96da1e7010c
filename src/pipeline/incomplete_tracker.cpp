#include "retraind/pipeline/incomplete_tracker.hpp"

#include <algorithm>
#include <utility>

namespace retraind::pipeline {

mono_time incomplete_tracker::unchanged_since(file_fingerprint print, mono_time now) {
    return since_.emplace(print, now).first->second;
}

void incomplete_tracker::wait(due_file file, mono_time when) {
    met(file.folder, file.path, file.print);
    const std::pair name(file.folder, file.path);
    if (!names_.contains(name)) {
        names_.emplace(name, waiting_.emplace(when, std::move(file)));
    }
}

void incomplete_tracker::met(std::size_t folder, const std::string& path, file_fingerprint print) {
    const auto found = names_.find({folder, path});
    if (found != names_.end() && found->second->second.print != print) {
        since_.erase(found->second->second.print);
        waiting_.erase(found->second);
        names_.erase(found);
    }
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
        names_.erase({each->second.folder, each->second.path});
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
