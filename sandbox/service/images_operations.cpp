#include <algorithm>

#include "sandbox/service/base64.hpp"
#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/glob.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/shapes.hpp"
#include "sandbox/service/upload.hpp"

namespace sandbox::service {

namespace {

/// The status that a faults file wants for an image of that name.
std::string wanted_status(const http::request& asked, const std::string& name) {
    for (const auto& [pattern, status] : asked.image_status_faults) {
        if (matches_glob(pattern, name)) {
            return status;
        }
    }
    return {};
}

/// False where the contents are no base64, which the binder would not take.
bool stage_entry(state& in, const call& asked, file_entry& entry, upload& into) {
    into.source_url = entry.name.value_or("");
    into.tag_ids = std::move(entry.tag_ids);
    into.regions = std::move(entry.regions);
    const std::string wanted = wanted_status(asked.asked, into.source_url);
    if (!wanted.empty() && !is_success(wanted)) {
        into.status = wanted;
        return true;
    }
    into.success_status = wanted;
    if (entry.contents.empty()) {
        into.status = "ErrorSource";
        return true;
    }
    const auto bytes = decode_base64(entry.contents);
    entry.contents = json::string();
    if (bytes) {
        stage(in, *bytes, asked.minor, into);
    }
    return bytes.has_value();
}

json::value result_shape(const state& in, const upload_result& shown, std::string_view project_id,
                         int minor, ticks moment) {
    json::object shape;
    shape["sourceUrl"] = shown.source_url;
    shape["status"] = shown.status;
    if (shown.stored) {
        const auto links = in.links.make(project_id, shown.stored->id, moment);
        shape["image"] = image_shape(*shown.stored, links, tag_names::null, minor);
    }
    return shape;
}

/// 207 where an image failed, from v3.3 on. The order is not that of the request: clients match by
/// sourceUrl, and one that does not is to fail here rather than there.
http::response summary(const state& in, std::vector<upload_result> results,
                       std::string_view project_id, int minor) {
    const bool successful =
        std::all_of(results.begin(), results.end(),
                    [](const upload_result& each) { return is_success(each.status); });
    std::rotate(results.begin(), results.begin() + 1, results.end());
    const ticks moment = now();
    json::object shape;
    shape["isBatchSuccessful"] = successful;
    shape["images"] = array_of(results, [&](const upload_result& each) {
        return result_shape(in, each, project_id, minor, moment);
    });
    return json_response(successful || minor < 3 ? 200 : 207, shape);
}

result<project> find_project_now(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    return find_project(in, asked);
}

} // namespace

outcome create_images_from_files(state& in, const call& asked) {
    // Before the pictures are looked at, so that a wrong project costs nothing.
    if (const auto early = find_project_now(in, asked); !early) {
        return refusal_of(early);
    }
    auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    auto batch = bind_file_batch(std::move(*document), asked.minor);
    if (!batch) {
        return refusal_of(batch);
    }
    std::vector<upload> uploads(batch->entries.size());
    for (std::size_t i = 0; i < uploads.size(); ++i) {
        if (!stage_entry(in, asked, batch->entries[i], uploads[i])) {
            return no_valid_files();
        }
    }
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    auto results = store_uploads(in, *owner, uploads, batch->metadata, asked.minor);
    return summary(in, std::move(results), owner->id, asked.minor);
}

} // namespace sandbox::service
