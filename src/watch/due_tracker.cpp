#include "retraind/watch/due_tracker.hpp"

#include <iterator>

namespace retraind::watch {

bool due_tracker::add(const std::string& path, mono_time due) {
    const auto known = times_.find(path);
    if (known != times_.end()) {
        line_.erase({known->second, path});
        known->second = due;
    } else if (full()) {
        return false;
    } else {
        times_.emplace(path, due);
    }
    line_.emplace(due, path);
    return true;
}

std::vector<std::string> due_tracker::take(mono_time now, std::size_t most) {
    std::vector<std::string> names;
    while (!line_.empty() && line_.begin()->first <= now && names.size() < most) {
        times_.erase(line_.begin()->second);
        names.push_back(std::move(line_.extract(line_.begin()).value().second));
    }
    return names;
}

mono_time due_tracker::next() const {
    return line_.empty() ? mono_time::max() : line_.begin()->first;
}

std::size_t due_tracker::due(mono_time now) const {
    std::size_t count = 0;
    for (auto each = line_.begin(); each != line_.end() && each->first <= now; ++each) {
        ++count;
    }
    return count;
}

} // namespace retraind::watch
