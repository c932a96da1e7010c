#include "sandbox/service/base64.hpp"
#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/upload_answers.hpp"

namespace sandbox::service {

namespace {

/// False where the contents are no base64, which the binder would not take.
bool stage_entry(state& in, const call& asked, file_entry& entry, upload& into) {
    into.source_url = entry.name.value_or("");
    into.tag_ids = std::move(entry.tag_ids);
    into.regions = std::move(entry.regions);
    if (!admit(asked.asked, into)) {
        return true;
    }
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
    return upload_summary(in, std::move(results), owner->id, asked.minor);
}

} // namespace sandbox::service
