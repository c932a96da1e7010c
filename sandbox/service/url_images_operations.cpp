#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/file_batch.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/upload_answers.hpp"

namespace sandbox::service {

namespace {

void stage_fetched(state& in, const fetched& picture, int minor, upload& into) {
    if (picture.ended == fetched::result::too_large) {
        into.status = "ErrorImageSize";
    } else if (picture.ended == fetched::result::failed || picture.bytes.empty()) {
        into.status = "ErrorSource";
    } else {
        stage(in, picture.bytes, minor, into);
    }
}

/// Fetches what may be fetched, with the guard free; each picture is put aside as it arrives.
std::vector<upload> fetch_entries(state& in, const call& asked, std::vector<file_entry> entries) {
    std::vector<upload> uploads(entries.size());
    std::vector<std::size_t> wanted;
    std::vector<std::string> addresses;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        uploads[i].source_url = *entries[i].name;
        uploads[i].tag_ids = std::move(entries[i].tag_ids);
        uploads[i].regions = std::move(entries[i].regions);
        if (admit(asked.asked, uploads[i])) {
            wanted.push_back(i);
            addresses.push_back(uploads[i].source_url);
        }
    }
    fetch_limits limits;
    limits.bytes = training_image_bytes;
    in.addresses.fetch(addresses, limits, [&](std::size_t place, const fetched& picture) {
        stage_fetched(in, picture, asked.minor, uploads[wanted[place]]);
    });
    return uploads;
}

result<project> find_project_now(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    return find_project(in, asked);
}

} // namespace

outcome create_images_from_urls(state& in, const call& asked) {
    if (const auto early = find_project_now(in, asked); !early) {
        return refusal_of(early);
    }
    auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    auto batch = bind_batch(std::move(*document), batch_source::urls, asked.minor);
    if (!batch) {
        return refusal_of(batch);
    }
    auto uploads = fetch_entries(in, asked, std::move(batch->entries));
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    auto results = store_uploads(in, *owner, uploads, batch->metadata, asked.minor);
    return upload_summary(in, std::move(results), owner->id, asked.minor);
}

} // namespace sandbox::service
