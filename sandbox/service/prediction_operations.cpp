#include <algorithm>
#include <memory>

#include "sandbox/service/domains.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/multipart.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/prediction_retention.hpp"
#include "sandbox/service/prediction_shapes.hpp"

namespace sandbox::service {

namespace {

/// The iteration that is asked, with its classes and its model: it may be deleted while the picture
/// is still on its way.
struct predictor {
    iteration found;
    std::vector<tag> classes;
    std::shared_ptr<const model> classifier;
};

/// With the guard held.
predictor predictor_of(state& in, iteration found) {
    auto classes = in.iterations.classes(found.id);
    auto classifier = in.models.get(found.id, in.files.model_of(found.id));
    return {std::move(found), std::move(classes), std::move(classifier)};
}

/// What differs between the prediction API and quick tests.
struct manner {
    std::size_t picture_bytes = prediction_image_bytes;
    bool store = true;
    std::string application;
};

bool names(const call& asked, std::string_view part) {
    return asked.route.operation.find(part) != std::string_view::npos;
}

result<project> find_project_of(state& in, const call& asked, bool classifies) {
    auto owner = find_project(in, asked);
    if (owner && find_domain(owner->domain_id)->classifies() != classifies) {
        return refuse("BadRequestUnsupportedDomain",
                      classifies ? "The project's domain does not classify images"
                                 : "The project's domain does not detect objects");
    }
    return owner;
}

result<predictor> find_published(state& in, const call& asked, bool classifies) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project_of(in, asked, classifies);
    if (!owner) {
        return refusal_of(owner);
    }
    auto found = in.iterations.find_published(owner->id, asked.route["publishedName"]);
    if (!found) {
        return refuse("NotFoundIteration", "Invalid iteration");
    }
    return predictor_of(in, std::move(*found));
}

/// The iteration of that id, or without one the newest that is trained.
std::optional<iteration> choose(const state& in, const std::string& project_id,
                                const std::string& id) {
    std::optional<iteration> chosen;
    for (iteration& each : in.iterations.all(project_id)) {
        if (id.empty() ? each.status == "Completed" : each.id == id) {
            chosen = std::move(each);
        }
    }
    return chosen;
}

result<predictor> find_tested(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto wanted = queried_iteration(in, asked, owner->id);
    if (!wanted) {
        return refusal_of(wanted);
    }
    auto chosen = choose(in, owner->id, *wanted);
    if (!chosen) {
        return refuse("NotFoundProjectDefaultIteration", "The project has no trained iteration");
    }
    if (chosen->status != "Completed") {
        return refuse("BadRequestIterationIsNotTrained", "Iteration is not trained");
    }
    return predictor_of(in, std::move(*chosen));
}

result<std::string> picture_at_address(state& in, const call& asked, std::size_t most) {
    const auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    const json::string* address = string_member(*document, "url");
    if (address == nullptr || address->empty()) {
        return refuse("BadRequestImageUrl", "No image url provided");
    }
    fetch_limits limits;
    limits.bytes = most;
    auto picture = in.addresses.fetch({std::string(*address)}, limits).front();
    if (picture.ended == fetched::result::too_large) {
        return refuse("BadRequestImageSizeBytes", "Image is too large");
    }
    if (picture.ended == fetched::result::failed || picture.bytes.empty()) {
        return refuse("BadRequestImageUrl", "Invalid image url");
    }
    return std::move(picture.bytes);
}

result<std::string> picture_of(state& in, const call& asked, std::size_t most) {
    if (names(asked, "Url")) {
        return picture_at_address(in, asked, most);
    }
    const http::request& with = asked.asked;
    std::string_view bytes;
    if (has_media_type(with, "application/octet-stream")) {
        bytes = with.body;
    } else if (has_media_type(with, "multipart/form-data")) {
        bytes = multipart_field(with.header("Content-Type"), with.body, "imageData")
                    .value_or(std::string_view());
    } else if (!with.body.empty()) {
        return unsupported_media_type(with);
    }
    if (bytes.empty()) {
        return refuse("BadRequestImageStream", "No image data");
    }
    if (bytes.size() > most) {
        return refuse("BadRequestImageSizeBytes", most == prediction_image_bytes
                                                      ? "Image is larger than 4 MB"
                                                      : "Image is larger than 6 MB");
    }
    return std::string(bytes);
}

std::vector<predicted_tag> sorted_tags(const std::vector<double>& probabilities,
                                       const std::vector<tag>& classes) {
    std::vector<predicted_tag> tags;
    for (std::size_t i = 0; i < classes.size(); ++i) {
        tags.push_back({classes[i].id, classes[i].name, classes[i].type, probabilities[i]});
    }
    std::stable_sort(tags.begin(), tags.end(), [](const auto& left, const auto& right) {
        return left.probability > right.probability;
    });
    return tags;
}

/// Keeps a prediction with its picture, unless the project went meanwhile.
void keep(state& in, const prediction& made, std::string_view bytes) {
    staged_picture file = in.files.stage(bytes);
    const std::scoped_lock lock(in.guard);
    if (!in.projects.find(made.project_id)) {
        return;
    }
    forget_expired_predictions(in);
    transaction whole(in.db);
    in.predictions.insert(made);
    in.files.keep(file, made.project_id, made.id);
    whole.commit();
}

result<prediction> predict(state& in, const call& asked, const predictor& by, const manner& as) {
    const auto bytes = picture_of(in, asked, as.picture_bytes);
    if (!bytes) {
        return refusal_of(bytes);
    }
    const auto facts = inspect_picture(*bytes);
    if (!facts) {
        return refuse("BadRequestImageFormat", "Image format is not supported");
    }
    const auto features = features_of(*bytes);
    if (!features) {
        return refuse("BadRequestImageFormat", "Image cannot be decoded");
    }
    prediction made;
    // The id of a prediction is that of its request (recorded predictions).
    made.id = parse_guid(asked.asked.header("apim-request-id")).value_or(new_guid());
    made.project_id = by.found.project_id;
    made.iteration_id = by.found.id;
    made.domain_id = by.found.domain_id.value_or(std::string(default_domain_id));
    made.application = as.application;
    made.media_type = facts->media_type;
    made.created = now();
    made.tags = sorted_tags(by.classifier->probabilities(*features), by.classes);
    if (as.store) {
        keep(in, made, *bytes);
    }
    return made;
}

} // namespace

outcome classify(state& in, const call& asked) {
    const auto by = find_published(in, asked, true);
    if (!by) {
        return refusal_of(by);
    }
    const manner as{prediction_image_bytes, !names(asked, "WithNoStore"),
                    asked.query("application").value_or("")};
    return predict(in, asked, *by, as).map([&](const prediction& made) {
        json::object shape;
        put_prediction(made, seven_digit_text(made.created),
                       version_of(asked.minor).has_predicted_tag_types, shape);
        return json_response(200, shape);
    });
}

/// No detector is ever trained here, so that no iteration of one can be found.
outcome detect(state& in, const call& asked) {
    const auto by = find_published(in, asked, false);
    return by ? refuse("NotFoundIteration", "Invalid iteration") : refusal_of(by);
}

outcome quick_test(state& in, const call& asked) {
    const auto store = asked.query("store") ? asked.flag("store") : result<bool>(true);
    const auto by = find_tested(in, asked);
    if (!by || !store) {
        return by ? refusal_of(store) : refusal_of(by);
    }
    const manner as{training_image_bytes, *store, {}};
    return predict(in, asked, *by, as).map([&](const prediction& made) {
        json::object shape;
        put_prediction(made, milliseconds_text(made.created), version_of(asked.minor).has_tag_types,
                       shape);
        return json_response(200, shape);
    });
}

} // namespace sandbox::service
