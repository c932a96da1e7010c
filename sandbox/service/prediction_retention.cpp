#include "sandbox/service/prediction_retention.hpp"

namespace sandbox::service {

void forget_expired_predictions(state& in) {
    for (const prediction_key& each :
         in.predictions.remove_older(now() - stored_prediction_days * ticks_per_day)) {
        in.files.remove(each.project_id, each.id);
    }
}

} // namespace sandbox::service
