#include "sandbox/service/export_package.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/prediction_retention.hpp"

namespace sandbox::service {

namespace {

/// The id in a blob's or container's name: two characters and 32 digits.
std::optional<std::string> id_in(std::string_view name) {
    constexpr std::size_t prefix = 2;
    return name.size() == prefix + 32 ? parse_guid(name.substr(prefix)) : std::nullopt;
}

http::response plain(unsigned status) {
    http::response answer;
    answer.status = status;
    return answer;
}

/// Of an image, or of a prediction that was kept; nothing where the project has neither.
std::optional<std::string> media_type_of(state& in, const std::string& project_id,
                                         const std::string& image_id) {
    const std::scoped_lock lock(in.guard);
    if (auto of_image = in.images.media_type(project_id, image_id)) {
        return of_image;
    }
    forget_expired_predictions(in);
    const auto kept = in.predictions.find(project_id, image_id);
    return kept ? std::optional(kept->media_type) : std::nullopt;
}

/// An export, made as it is fetched.
http::response package(state& in, const std::string& project_id, std::string_view name) {
    export_contents contents;
    {
        const std::scoped_lock lock(in.guard);
        const auto iteration_id = parse_guid(name.substr(0, name.find('.')));
        const auto found = iteration_id ? in.iterations.find(project_id, *iteration_id)
                                        : std::optional<iteration>();
        if (!found) {
            return plain(404);
        }
        // The model goes with its iteration: both are looked at before either can.
        contents = export_contents{*found, in.iterations.classes(found->id),
                                   read_model_file(in.files.model_of(found->id))};
    }
    http::response answer;
    answer.content_type = "application/zip";
    answer.body = export_package(contents);
    return answer;
}

} // namespace

/// Storage is another service: its refusals carry no service error body.
outcome get_blob(state& in, const call& asked) {
    const std::string_view container = asked.route["projectId"];
    const std::string_view name = asked.route["blob"];
    const bool allowed = in.links.is_valid(container, name, asked.query("se").value_or(""),
                                           asked.query("sig").value_or(""), now());
    if (!allowed) {
        return plain(403);
    }
    const auto project_id = id_in(container);
    if (project_id && container.starts_with("m-")) {
        return package(in, *project_id, name);
    }
    const auto image_id = id_in(name);
    if (!project_id || !image_id) {
        return plain(404);
    }
    const auto media_type = media_type_of(in, *project_id, *image_id);
    auto bytes = media_type ? in.files.read(*project_id, *image_id) : std::nullopt;
    if (!bytes) {
        return plain(404);
    }
    http::response answer;
    answer.content_type = *media_type;
    answer.body = std::move(*bytes);
    return answer;
}

} // namespace sandbox::service
