#include <fmt/format.h>

#include "sandbox/service/operations.hpp"
#include "sandbox/service/prediction_query.hpp"
#include "sandbox/service/prediction_retention.hpp"
#include "sandbox/service/prediction_shapes.hpp"

namespace sandbox::service {

namespace {

json::value stored_shape(const state& in, const prediction& shown, int minor, ticks moment) {
    const image_links links = in.links.make(shown.project_id, shown.id, moment);
    json::object shape;
    shape["resizedImageUri"] = links.resized;
    shape["thumbnailUri"] = links.thumbnail;
    shape["originalImageUri"] = links.original;
    shape["domain"] = shown.domain_id;
    put_prediction(shown, milliseconds_text(shown.created), version_of(minor).has_tag_types, shape);
    return shape;
}

json::value range_shape(const prediction_query::tag_range& shown) {
    json::object shape;
    shape["id"] = shown.tag_id;
    shape["minThreshold"] = shown.least;
    shape["maxThreshold"] = shown.most;
    return shape;
}

json::value moment_shape(const std::optional<ticks>& shown) {
    return shown ? json::value(seven_digit_text(*shown)) : json::value();
}

/// What was asked, in full, so that it can be sent again for the next page: what was understood of
/// it, nothing of the caller's own text.
json::value token_shape(const prediction_query& asked, const prediction_page& page) {
    json::object shape;
    shape["session"] = fmt::format("1:{}", page.session);
    shape["continuation"] = page.next ? mark_text(*page.next) : std::string();
    shape["maxCount"] = asked.most;
    shape["orderBy"] = order_text(asked.by);
    shape["tags"] = array_of(asked.tags, range_shape);
    shape["iterationId"] = nullptr;
    if (asked.iteration_id) {
        shape["iterationId"] = *asked.iteration_id;
    }
    shape["startTime"] = moment_shape(asked.start);
    shape["endTime"] = moment_shape(asked.end);
    shape["application"] = asked.application;
    return shape;
}

} // namespace

outcome query_predictions(state& in, const call& asked) {
    const auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    const auto query = bind_prediction_query(*document);
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner || !query) {
        return owner ? refusal_of(query) : refusal_of(owner);
    }
    forget_expired_predictions(in);
    const prediction_page page = page_of(in.predictions.all(owner->id), *query);
    const ticks moment = now();
    json::object shape;
    shape["results"] = array_of(page.results, [&](const prediction& each) {
        return stored_shape(in, each, asked.minor, moment);
    });
    shape["token"] = token_shape(*query, page);
    return json_response(200, shape);
}

outcome delete_prediction(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto ids = asked.ids("ids", SIZE_MAX);
    if (!ids) {
        return refusal_of(ids);
    }
    if (ids->empty()) {
        return refuse("BadRequestPredictionIdsMissing", "No prediction ids provided");
    }
    if (ids->size() > prediction_ids_per_call) {
        return refuse("BadRequestPredictionIdsExceededCount", "Too many prediction ids");
    }
    for (const std::string& id : *ids) {
        if (in.predictions.remove(owner->id, id)) {
            in.files.remove(owner->id, id);
        }
    }
    return no_content();
}

} // namespace sandbox::service
