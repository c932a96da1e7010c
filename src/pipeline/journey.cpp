#include "retraind/pipeline/journey.hpp"

#include <algorithm>
#include <utility>

namespace retraind::pipeline {

std::size_t slot_table::in_flight() const {
    return static_cast<std::size_t>(
        std::count_if(journeys_.begin(), journeys_.end(), [](const auto& entry) {
            return entry.second.at == journey::stage::in_flight;
        }));
}

std::size_t slot_table::shrunken() const {
    return static_cast<std::size_t>(
        std::count_if(journeys_.begin(), journeys_.end(),
                      [](const auto& entry) { return entry.second.content != nullptr; }));
}

journey& slot_table::start(std::size_t folder, watch::found_file file) {
    const journey_number number = next_++;
    journey& started = journeys_[number];
    started.number = number;
    started.folder = folder;
    started.file = std::move(file);
    return started;
}

journey* slot_table::find(journey_number number) {
    const auto found = journeys_.find(number);
    return found == journeys_.end() ? nullptr : &found->second;
}

std::vector<journey*> slot_table::accepted_of_size(std::uint64_t bytes) {
    std::vector<journey*> found;
    for (auto& [number, each] : journeys_) {
        if (each.at != journey::stage::arrived && each.file.identity.size == bytes) {
            found.push_back(&each);
        }
    }
    return found;
}

journey* slot_table::accepted_with(const sha256& digest, std::uint64_t bytes) {
    for (journey* each : accepted_of_size(bytes)) {
        if (each->digest == digest) {
            return each;
        }
    }
    return nullptr;
}

void slot_table::park(journey_number waiting, journey_number ahead) {
    parked_.emplace(ahead, waiting);
}

std::vector<journey_number> slot_table::end(journey_number number) {
    journeys_.erase(number);
    std::vector<journey_number> released;
    const auto [first, last] = parked_.equal_range(number);
    for (auto each = first; each != last; ++each) {
        released.push_back(each->second);
    }
    parked_.erase(first, last);
    std::sort(released.begin(), released.end());
    return released;
}

} // namespace retraind::pipeline
