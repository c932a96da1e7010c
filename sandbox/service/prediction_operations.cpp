#include <algorithm>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/multipart.hpp"
#include "sandbox/service/operations.hpp"

namespace sandbox::service {

namespace {

/// A published iteration with its classes.
struct published {
    iteration found;
    std::vector<tag> classes;
};

result<published> find_published(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    auto found = in.iterations.find_published(owner->id, asked.route["publishedName"]);
    if (!found) {
        return refuse("NotFoundIteration", "Invalid iteration");
    }
    auto classes = in.iterations.classes(found->id);
    return published{std::move(*found), std::move(classes)};
}

result<std::string_view> picture_of(const http::request& asked) {
    if (has_media_type(asked, "application/octet-stream")) {
        return std::string_view(asked.body);
    }
    if (!has_media_type(asked, "multipart/form-data")) {
        return unsupported_media_type(asked);
    }
    const auto field = multipart_field(asked.header("Content-Type"), asked.body, "imageData");
    return field.value_or(std::string_view());
}

result<feature_vector> features_in(const http::request& asked) {
    const auto bytes = picture_of(asked);
    if (!bytes) {
        return refusal_of(bytes);
    }
    if (bytes->empty()) {
        return refuse("BadRequestImageStream", "No image data");
    }
    if (bytes->size() > prediction_image_bytes) {
        return refuse("BadRequestImageSizeBytes", "Image is larger than 4 MB");
    }
    if (!inspect_picture(*bytes)) {
        return refuse("BadRequestImageFormat", "Image format is not supported");
    }
    auto features = features_of(*bytes);
    if (!features) {
        return refuse("BadRequestImageFormat", "Image cannot be decoded");
    }
    return std::move(*features);
}

json::value predictions_shape(const std::vector<double>& probabilities,
                              const std::vector<tag>& classes, int minor) {
    std::vector<std::size_t> order(classes.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return probabilities[left] > probabilities[right];
    });
    json::array predictions;
    for (const std::size_t i : order) {
        json::object shape;
        shape["probability"] = probabilities[i];
        shape["tagId"] = classes[i].id;
        shape["tagName"] = classes[i].name;
        if (minor >= 1) {
            shape["tagType"] = classes[i].type;
        }
        predictions.emplace_back(std::move(shape));
    }
    return predictions;
}

} // namespace

outcome classify_image(state& in, const call& asked) {
    const auto target = find_published(in, asked);
    if (!target) {
        return refusal_of(target);
    }
    const auto features = features_in(asked.asked);
    if (!features) {
        return refusal_of(features);
    }
    const auto classifier = in.models.get(target->found.id, in.files.model_of(target->found.id));
    // The id of a prediction is that of its request (recorded predictions).
    const auto request_id = parse_guid(asked.asked.header("apim-request-id"));
    json::object shape;
    shape["id"] = request_id ? *request_id : new_guid();
    shape["project"] = target->found.project_id;
    shape["iteration"] = target->found.id;
    shape["created"] = seven_digit_text(now());
    shape["predictions"] =
        predictions_shape(classifier->probabilities(*features), target->classes, asked.minor);
    return json_response(200, shape);
}

} // namespace sandbox::service
