#include "retraind/retrain/iteration_rules.hpp"

#include <algorithm>

namespace retraind::retrain {

progress progress_of(std::string_view status) {
    if (status == "Completed") {
        return progress::completed;
    }
    if (status == "Failed") {
        return progress::failed;
    }
    return status == "New" ? progress::untrained : progress::running;
}

std::vector<iteration_id> iterations_before(const std::vector<iteration_view>& iterations) {
    std::vector<iteration_id> known;
    for (const iteration_view& each : iterations) {
        if (progress_of(each.status) != progress::untrained) {
            known.push_back(each.id);
        }
    }
    return known;
}

std::optional<iteration_view> recognise_own(const std::vector<iteration_id>& known,
                                            const std::vector<iteration_view>& iterations) {
    const auto ours =
        std::find_if(iterations.begin(), iterations.end(), [&known](const iteration_view& each) {
            return progress_of(each.status) != progress::untrained &&
                   std::find(known.begin(), known.end(), each.id) == known.end();
        });
    return ours == iterations.end() ? std::nullopt : std::optional(*ours);
}

std::optional<iteration_view> find_running(const std::vector<iteration_view>& iterations) {
    const auto running =
        std::find_if(iterations.begin(), iterations.end(), [](const iteration_view& each) {
            return progress_of(each.status) == progress::running;
        });
    return running == iterations.end() ? std::nullopt : std::optional(*running);
}

duration poll_interval(duration running_for) {
    constexpr duration least = std::chrono::seconds(1);
    constexpr duration most = std::chrono::seconds(10);
    constexpr int share = 20; // a look costs at most a twentieth of the waiting it saves
    return std::clamp(running_for / share, least, most);
}

} // namespace retraind::retrain
