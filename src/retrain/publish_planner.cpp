#include "retraind/retrain/publish_planner.hpp"

namespace retraind::retrain {

std::vector<publish_step> plan_publish(const std::optional<std::string>& carried,
                                       const std::string& wanted) {
    if (!carried || carried->empty()) {
        return {publish_step::publish};
    }
    if (*carried == wanted) {
        return {};
    }
    return {publish_step::unpublish, publish_step::publish};
}

} // namespace retraind::retrain
