#include <algorithm>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/multipart.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/upload_answers.hpp"
#include "sandbox/service/utf8.hpp"

namespace sandbox::service {

namespace {

/// The pictures of a body: of octets one, without a name.
result<std::vector<multipart_part>> pictures_of(const http::request& asked) {
    std::vector<multipart_part> parts;
    if (has_media_type(asked, "application/octet-stream")) {
        parts.push_back({{}, asked.body});
    } else if (has_media_type(asked, "multipart/form-data")) {
        parts = multipart_parts(asked.header("Content-Type"), asked.body);
    } else if (!asked.body.empty()) {
        return unsupported_media_type(asked);
    }
    if (parts.empty() || asked.body.empty()) {
        return refuse("BadRequestImageStream", "No image data");
    }
    if (parts.size() > images_per_batch) {
        return refuse("BadRequestImageExceededCount", "Too many images in one batch");
    }
    return parts;
}

std::vector<upload> stage_all(state& in, const call& asked,
                              const std::vector<multipart_part>& parts,
                              const std::vector<std::string>& tag_ids) {
    std::vector<upload> uploads(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        uploads[i].source_url = to_utf8(std::string(parts[i].file_name));
        uploads[i].tag_ids = tag_ids;
        if (!admit(asked.asked, uploads[i])) {
            continue;
        }
        if (parts[i].content.empty()) {
            uploads[i].status = "ErrorSource";
        } else {
            stage(in, parts[i].content, asked.minor, uploads[i]);
        }
    }
    return uploads;
}

std::vector<std::string> each_once(std::vector<std::string> ids) {
    std::vector<std::string> once;
    for (std::string& id : ids) {
        if (std::find(once.begin(), once.end(), id) == once.end()) {
            once.push_back(std::move(id));
        }
    }
    return once;
}

result<project> find_project_now(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    return find_project(in, asked);
}

} // namespace

outcome create_images_from_data(state& in, const call& asked) {
    if (const auto early = find_project_now(in, asked); !early) {
        return refusal_of(early);
    }
    const auto tag_ids = asked.ids("tagIds", tags_per_batch);
    const auto parts = pictures_of(asked.asked);
    if (!tag_ids || !parts) {
        return tag_ids ? refusal_of(parts) : refusal_of(tag_ids);
    }
    auto uploads = stage_all(in, asked, *parts, each_once(*tag_ids));
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    auto results = store_uploads(in, *owner, uploads, std::nullopt, asked.minor);
    return upload_summary(in, std::move(results), owner->id, asked.minor);
}

} // namespace sandbox::service
