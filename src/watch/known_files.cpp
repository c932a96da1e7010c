#include "retraind/watch/known_files.hpp"

#include <algorithm>

namespace retraind::watch {
namespace {

/// A merge touches the whole array, so it happens once in so many additions, and once in an eighth
/// of the array when that is more.
constexpr std::size_t smallest_chunk = 4096;
constexpr std::size_t chunks_in_array = 8;

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

void known_files::clear() {
    sorted_.clear();
    fresh_.clear();
    removed_.clear();
}

bool known_files::in_array(file_fingerprint print) const {
    return std::binary_search(sorted_.begin(), sorted_.end(), print);
}

void known_files::merge_when_large() {
    const std::size_t chunk = std::max(smallest_chunk, sorted_.size() / chunks_in_array);
    if (fresh_.size() + removed_.size() < chunk) {
        return;
    }
    std::erase_if(sorted_, [this](file_fingerprint print) { return removed_.contains(print); });
    const auto old_end = static_cast<std::ptrdiff_t>(sorted_.size());
    sorted_.insert(sorted_.end(), fresh_.begin(), fresh_.end());
    std::sort(sorted_.begin() + old_end, sorted_.end());
    std::inplace_merge(sorted_.begin(), sorted_.begin() + old_end, sorted_.end());
    fresh_ = {};
    removed_ = {};
}

} // namespace retraind::watch
