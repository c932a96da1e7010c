#pragma once

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/prediction_store.hpp"
#include "sandbox/service/shapes.hpp"

namespace sandbox::service {

/// `with_types`: whether a predicted tag says its type (versions.hpp).
[[nodiscard]] inline json::value predicted_tags_shape(const std::vector<predicted_tag>& shown,
                                                      bool with_types) {
    return array_of(shown, [&](const predicted_tag& each) {
        json::object shape;
        shape["probability"] = each.probability;
        shape["tagId"] = each.tag_id;
        shape["tagName"] = each.name;
        if (with_types) {
            shape["tagType"] = each.type;
        }
        return json::value(std::move(shape));
    });
}

/// The members of a prediction that both APIs show; the time as each of them writes it.
inline void put_prediction(const prediction& shown, const std::string& created, bool with_types,
                           json::object& into) {
    into["id"] = shown.id;
    into["project"] = shown.project_id;
    into["iteration"] = shown.iteration_id;
    into["created"] = created;
    into["predictions"] = predicted_tags_shape(shown.tags, with_types);
}

} // namespace sandbox::service
