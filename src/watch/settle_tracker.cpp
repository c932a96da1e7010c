#include "retraind/watch/settle_tracker.hpp"

#include <algorithm>
#include <functional>

#include <boost/unordered/unordered_flat_map.hpp>

namespace retraind::watch {

settle_tracker::sighting settle_tracker::seen(file_fingerprint print, std::string_view path,
                                              mono_time now, std::uint32_t pass) {
    entry& file = files_.emplace(print, entry{now, pass}).first->second;
    file.pass = std::max(file.pass, pass);
    sighting found;
    found.first_seen = file.first_seen;
    found.due = file.first_seen + wait_for(path);
    found.complete = now >= found.due;
    return found;
}

void settle_tracker::changed_on_the_way(std::string_view path) {
    // Names of a folder that is written all day must not pile up; starting over costs a re-read.
    constexpr std::size_t most_names = 4096;
    constexpr int most_doublings = 6;
    if (doubled_.size() >= most_names) {
        doubled_.clear();
    }
    int& times = doubled_[std::hash<std::string_view>()(path)];
    times = std::min(times + 1, most_doublings);
}

void settle_tracker::drop_unseen(std::uint32_t pass) {
    boost::unordered::erase_if(files_,
                               [pass](const auto& file) { return file.second.pass < pass; });
}

duration settle_tracker::wait_for(std::string_view path) const {
    if (doubled_.empty()) {
        return settle_;
    }
    const auto found = doubled_.find(std::hash<std::string_view>()(path));
    return found == doubled_.end() ? settle_ : settle_ * (1 << found->second);
}

} // namespace retraind::watch
