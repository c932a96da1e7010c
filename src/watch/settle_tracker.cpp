#include "retraind/watch/settle_tracker.hpp"

#include <algorithm>
#include <chrono>
#include <functional>

namespace retraind::watch {
namespace {

std::uint16_t last_bits(std::uint32_t pass) {
    return static_cast<std::uint16_t>(pass);
}

mono_time time_at(std::uint64_t milliseconds) {
    return mono_time(duration(static_cast<duration::rep>(milliseconds)));
}

} // namespace

settle_tracker::entry& settle_tracker::note(file_fingerprint print, look_time at,
                                            std::uint32_t pass) {
    entry fresh{};
    // Up, so that no file is complete a part of a millisecond early.
    fresh.first_seen_ms = static_cast<std::uint64_t>(
        std::chrono::ceil<duration>(at.ended.time_since_epoch()).count());
    entry& file = files_.emplace(print, fresh).first->second;
    file.pass = last_bits(pass);
    return file;
}

settle_tracker::sighting settle_tracker::seen(file_fingerprint print, std::string_view path,
                                              look_time at, std::uint32_t pass) {
    static_assert(sizeof(std::pair<const file_fingerprint, entry>) == 24);
    const entry& file = note(print, at, pass);
    sighting found;
    found.first_seen = time_at(file.first_seen_ms);
    found.due = found.first_seen + (file.whole != 0 ? duration{0} : wait_for(path));
    // Between the end of the first look and the beginning of this one nothing can have changed
    // unseen; how long the looks themselves took proves nothing.
    found.complete = file.whole != 0 || at.began >= found.due;
    return found;
}

settle_tracker::sighting settle_tracker::moved_in(file_fingerprint print, look_time at,
                                                  std::uint32_t pass) {
    note(print, at, pass).whole = 1;
    return seen(print, {}, at, pass);
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
    boost::unordered::erase_if(
        files_, [pass](const auto& file) { return file.second.pass != last_bits(pass); });
}

duration settle_tracker::wait_for(std::string_view path) const {
    if (doubled_.empty()) {
        return settle_;
    }
    const auto found = doubled_.find(std::hash<std::string_view>()(path));
    return found == doubled_.end() ? settle_ : settle_ * (1 << found->second);
}

} // namespace retraind::watch
