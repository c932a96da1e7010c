#include "sandbox/service/model_cache.hpp"

#include <algorithm>

namespace sandbox::service {

namespace {

constexpr std::size_t models_kept = 8;

} // namespace

std::shared_ptr<const model> model_cache::get(const std::string& iteration_id,
                                              const std::filesystem::path& file) {
    const std::scoped_lock lock(guard_);
    const auto found = std::find_if(recent_.begin(), recent_.end(),
                                    [&](const auto& each) { return each.first == iteration_id; });
    if (found != recent_.end()) {
        recent_.splice(recent_.begin(), recent_, found);
    } else {
        recent_.emplace_front(iteration_id, load_model(file));
        if (recent_.size() > models_kept) {
            recent_.pop_back();
        }
    }
    return recent_.front().second;
}

} // namespace sandbox::service
