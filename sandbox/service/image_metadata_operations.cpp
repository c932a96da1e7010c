#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/file_batch.hpp"
#include "sandbox/service/operations.hpp"

namespace sandbox::service {

namespace {

/// What an image had, with what it is given on top.
json::object merged(const image& of, const json::object& given) {
    json::object all = of.metadata ? json::parse(*of.metadata).as_object() : json::object();
    for (const auto& field : given) {
        all[field.key()] = field.value();
    }
    return all;
}

json::value update(state& in, const std::string& project_id, const std::string& image_id,
                   const json::object& given) {
    json::object shape;
    shape["imageId"] = image_id;
    const auto found = in.images.find_one(project_id, image_id);
    if (!found) {
        shape["status"] = "ErrorImageNotFound";
        return shape;
    }
    json::object all = merged(*found, given);
    if (all.size() > metadata_pairs) {
        shape["status"] = "ErrorLimitExceed";
        return shape;
    }
    in.images.set_metadata(image_id, json::serialize(all));
    shape["status"] = "OK";
    shape["metadata"] = std::move(all);
    return shape;
}

} // namespace

outcome update_image_metadata(state& in, const call& asked) {
    const auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    const auto metadata =
        bind_metadata(*document, refuse("BadRequestRequiredParamIsNull", "metadata is required"));
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    const auto ids = asked.ids("imageIds", metadata_images_per_call);
    if (!owner || !ids || !metadata) {
        return !owner ? refusal_of(owner) : !ids ? refusal_of(ids) : refusal_of(metadata);
    }
    if (ids->empty()) {
        return refuse("BadRequestRequiredParamIsNull", "Parameter imageIds is required");
    }
    json::array images;
    transaction whole(in.db);
    for (const std::string& id : *ids) {
        images.push_back(update(in, owner->id, id, document->get_object()));
    }
    whole.commit();
    const bool successful = std::all_of(images.begin(), images.end(), [](const json::value& each) {
        return each.at("status").as_string() == "OK";
    });
    json::object shape;
    shape["isBatchSuccessful"] = successful;
    shape["images"] = std::move(images);
    return json_response(successful ? 200 : 207, shape);
}

} // namespace sandbox::service
