#include "retraind/watch/known_files.hpp"

#include <algorithm>
#include <vector>

namespace retraind::watch {
namespace {

/// A merge touches the whole array, so it happens once in so many changes, and once in a sixteenth
/// of the array when that is more.
constexpr std::size_t smallest_chunk = 4096;
constexpr std::size_t chunks_in_array = 16;

} // namespace

void known_files::add(file_fingerprint print) {
    if (in_array(print)) {
        removed_.erase(print);
        return;
    }
    fresh_.insert(print);
    merge_when_large();
}

void known_files::remove(file_fingerprint print) {
    if (fresh_.erase(print) == 0 && in_array(print)) {
        removed_.insert(print);
        merge_when_large();
    }
}

bool known_files::contains(file_fingerprint print) const {
    return fresh_.contains(print) || (in_array(print) && !removed_.contains(print));
}

bool known_files::in_array(file_fingerprint print) const {
    return std::binary_search(sorted_.begin(), sorted_.end(), print);
}

void known_files::merge_when_large() {
    const std::size_t chunk = std::max(smallest_chunk, sorted_.size() / chunks_in_array);
    if (fresh_.size() + removed_.size() >= chunk) {
        merge();
    }
}

void known_files::merge() {
    std::erase_if(sorted_, [this](file_fingerprint print) { return removed_.contains(print); });
    removed_ = {};
    std::vector<file_fingerprint> newest(fresh_.begin(), fresh_.end());
    fresh_ = {};
    std::sort(newest.begin(), newest.end());
    std::size_t from = sorted_.size();
    std::size_t to = from + newest.size();
    sorted_.resize(to);
    // From the end, each to its last place, so that no second array is needed.
    while (!newest.empty()) {
        if (from > 0 && newest.back() < sorted_[from - 1]) {
            sorted_[--to] = sorted_[--from];
        } else {
            sorted_[--to] = newest.back();
            newest.pop_back();
        }
    }
}

} // namespace retraind::watch
