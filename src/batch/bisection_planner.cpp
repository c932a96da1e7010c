#include "retraind/batch/bisection_planner.hpp"

#include <iterator>
#include <utility>

namespace retraind::batch {

bisection_planner::bisection_planner(std::vector<item_id> refused) {
    split_or_blame(std::move(refused));
}

std::optional<std::vector<item_id>> bisection_planner::next() const {
    if (parts_.empty()) {
        return std::nullopt;
    }
    return parts_.back();
}

void bisection_planner::on_accepted() {
    if (!parts_.empty()) {
        parts_.pop_back();
    }
}

void bisection_planner::on_refused() {
    if (parts_.empty()) {
        return;
    }
    std::vector<item_id> part = std::move(parts_.back());
    parts_.pop_back();
    split_or_blame(std::move(part));
}

void bisection_planner::remove(item_id id) {
    for (std::vector<item_id>& part : parts_) {
        std::erase(part, id);
    }
    std::erase_if(parts_, [](const std::vector<item_id>& part) { return part.empty(); });
}

std::vector<item_id> bisection_planner::pending() const {
    std::vector<item_id> all;
    for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) {
        all.insert(all.end(), part->begin(), part->end());
    }
    return all;
}

void bisection_planner::split_or_blame(std::vector<item_id> part) {
    if (part.size() <= 1) {
        culprits_.insert(culprits_.end(), part.begin(), part.end());
        return;
    }
    const auto middle = std::next(part.begin(), static_cast<std::ptrdiff_t>(part.size() / 2));
    parts_.emplace_back(middle, part.end());
    parts_.emplace_back(part.begin(), middle);
}

} // namespace retraind::batch
