#include "retraind/batch/batch_planner.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

namespace retraind::batch {
namespace {

/// What is still free in the batch that is being filled.
class room_left {
public:
    room_left(const options& limits, std::uint64_t capacity)
        : images_(limits.max_images), tags_(limits.max_tags), bytes_(capacity) {}

    [[nodiscard]] bool takes(const item& picture) const {
        if (taken_ == 0) {
            return true; // the oldest goes even where it alone exceeds the bytes
        }
        return taken_ < images_ && picture.encoded_bytes <= bytes_ &&
               distinct_.size() + new_tags(picture) <= tags_;
    }

    void take(const item& picture) {
        ++taken_;
        if (picture.encoded_bytes > bytes_) {
            images_ = taken_; // larger than any budget: alone
        }
        bytes_ -= std::min(bytes_, picture.encoded_bytes);
        distinct_.insert(picture.tags.begin(), picture.tags.end());
    }

    [[nodiscard]] bool no_more_images() const { return taken_ >= images_; }

private:
    [[nodiscard]] std::size_t new_tags(const item& picture) const {
        return static_cast<std::size_t>(
            std::count_if(picture.tags.begin(), picture.tags.end(),
                          [this](const std::string& tag) { return !distinct_.contains(tag); }));
    }

    std::size_t images_;
    std::size_t tags_;
    std::uint64_t bytes_;
    std::size_t taken_ = 0;
    std::set<std::string_view> distinct_;
};

} // namespace

batch_planner::batch_planner(const options& limits) : limits_(limits) {}

bool batch_planner::add(item picture, mono_time now) {
    if (picture.tags.size() > limits_.max_tags) {
        return false;
    }
    waiting_.push_back({std::move(picture), now});
    return true;
}

void batch_planner::put_back(std::vector<item> pictures, mono_time since) {
    for (auto picture = pictures.rbegin(); picture != pictures.rend(); ++picture) {
        waiting_.push_front({std::move(*picture), since});
    }
}

std::optional<std::vector<item>> batch_planner::next(mono_time now, std::uint64_t capacity) {
    for (const std::size_t head : heads()) {
        const selection chosen = select(head, capacity);
        if (chosen.full || now >= waiting_[head].since + limits_.linger) {
            return extract(chosen);
        }
    }
    return std::nullopt;
}

std::optional<std::vector<item>> batch_planner::take(std::uint64_t capacity) {
    if (waiting_.empty()) {
        return std::nullopt;
    }
    return extract(select(0, capacity));
}

std::optional<mono_time> batch_planner::due_at() const {
    if (waiting_.empty()) {
        return std::nullopt;
    }
    return waiting_.front().since + limits_.linger;
}

bool batch_planner::remove(item_id id) {
    return std::erase_if(waiting_, [id](const entry& one) { return one.picture.id == id; }) > 0;
}

std::vector<std::size_t> batch_planner::heads() const {
    std::vector<std::size_t> positions;
    std::set<std::string_view> groups;
    for (std::size_t position = 0; position < waiting_.size(); ++position) {
        if (groups.insert(waiting_[position].picture.group).second) {
            positions.push_back(position);
        }
    }
    return positions;
}

batch_planner::selection batch_planner::select(std::size_t head, std::uint64_t capacity) const {
    selection chosen;
    room_left room(limits_, capacity);
    for (std::size_t position = head; position < waiting_.size(); ++position) {
        const item& picture = waiting_[position].picture;
        if (picture.group != waiting_[head].picture.group) {
            continue;
        }
        if (room.takes(picture)) {
            room.take(picture);
            chosen.positions.push_back(position);
        } else {
            chosen.full = true;
        }
        if (room.no_more_images()) {
            chosen.full = true;
            break;
        }
    }
    return chosen;
}

std::vector<item> batch_planner::extract(const selection& chosen) {
    std::vector<item> pictures;
    std::deque<entry> left;
    auto wanted = chosen.positions.begin();
    for (std::size_t position = 0; position < waiting_.size(); ++position) {
        if (wanted != chosen.positions.end() && *wanted == position) {
            pictures.push_back(std::move(waiting_[position].picture));
            ++wanted;
        } else {
            left.push_back(std::move(waiting_[position]));
        }
    }
    waiting_ = std::move(left);
    return pictures;
}

} // namespace retraind::batch
