#pragma once

#include <cstddef>
#include <deque>

#include <boost/unordered/unordered_flat_set.hpp>

#include "retraind/base/file_identity.hpp"

namespace retraind::watch {

/// The files that a pass goes over: 16 bytes each in a sorted array, and a small set of the newest
/// that is merged into it in chunks, in place: 20 bytes a file at the peak. Pure.
class known_files {
public:
    void add(file_fingerprint print);
    void remove(file_fingerprint print);
    [[nodiscard]] bool contains(file_fingerprint print) const;
    [[nodiscard]] std::size_t size() const noexcept {
        return sorted_.size() + fresh_.size() - removed_.size();
    }

private:
    [[nodiscard]] bool in_array(file_fingerprint print) const;
    void merge_when_large();
    void merge();

    using small_set = boost::unordered_flat_set<file_fingerprint, std::hash<file_fingerprint>>;

    std::deque<file_fingerprint> sorted_; ///< grows without a copy of itself
    small_set fresh_;                     ///< not in the array
    small_set removed_;                   ///< in the array, and no longer known
};

} // namespace retraind::watch
