#include <fmt/format.h>

#include "sandbox/service/operations.hpp"
#include "sandbox/service/prediction_query.hpp"
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
    put_prediction(shown, milliseconds_text(shown.created), minor >= 1, shape);
    return shape;
}

/// What was asked, in full, so that it can be sent again for the next page.
json::value token_shape(const json::value& asked, const prediction_page& page) {
    const auto given = [&](std::string_view name, const json::value& otherwise) {
        const json::value* found = member(asked, name);
        return found == nullptr ? otherwise : *found;
    };
    json::object shape;
    shape["session"] = fmt::format("1:{}", page.session);
    shape["continuation"] = page.next ? mark_text(*page.next) : std::string();
    shape["maxCount"] = given("maxCount", 0);
    shape["orderBy"] = given("orderBy", "Newest");
    shape["tags"] = given("tags", json::array());
    shape["iterationId"] = given("iterationId", nullptr);
    shape["startTime"] = given("startTime", nullptr);
    shape["endTime"] = given("endTime", nullptr);
    shape["application"] = given("application", "");
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
    const prediction_page page = page_of(in.predictions.all(owner->id), *query);
    const ticks moment = now();
    json::object shape;
    shape["results"] = array_of(page.results, [&](const prediction& each) {
        return stored_shape(in, each, asked.minor, moment);
    });
    shape["token"] = token_shape(*document, page);
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
