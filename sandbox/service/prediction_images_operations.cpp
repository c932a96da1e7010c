#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/file_batch.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/prediction_retention.hpp"
#include "sandbox/service/upload_answers.hpp"

namespace sandbox::service {

namespace {

/// What the batch asks for; a prediction that the project does not have is an ErrorSource.
std::vector<upload> look_up(state& in, const call& asked, const project& owner,
                            std::vector<file_entry> entries) {
    forget_expired_predictions(in);
    std::vector<upload> uploads(entries.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        uploads[i].source_url = *entries[i].name;
        uploads[i].tag_ids = std::move(entries[i].tag_ids);
        uploads[i].regions = std::move(entries[i].regions);
        if (admit(asked.asked, uploads[i]) &&
            !in.predictions.find(owner.id, uploads[i].source_url)) {
            uploads[i].status = "ErrorSource";
        }
    }
    return uploads;
}

/// Reads the pictures, with the guard free: one of them may be gone when its turn comes.
void stage_all(state& in, const call& asked, const project& owner, std::vector<upload>& uploads) {
    for (upload& each : uploads) {
        if (!each.status.empty()) {
            continue;
        }
        if (const auto bytes = in.files.read(owner.id, each.source_url)) {
            stage(in, *bytes, asked.minor, each);
        } else {
            each.status = "ErrorSource";
        }
    }
}

/// A prediction that became an image is not there any more as a prediction.
void forget_used(state& in, const project& owner, const std::vector<upload_result>& results) {
    for (const upload_result& each : results) {
        if (is_success(each.status) && in.predictions.remove(owner.id, each.source_url)) {
            in.files.remove(owner.id, each.source_url);
        }
    }
}

} // namespace

outcome create_images_from_predictions(state& in, const call& asked) {
    auto document = decode_body(asked.asked);
    if (!document) {
        return refusal_of(document);
    }
    auto batch = bind_batch(std::move(*document), batch_source::predictions, asked.minor);
    std::unique_lock lock(in.guard);
    auto owner = find_project(in, asked);
    if (!owner || !batch) {
        return owner ? refusal_of(batch) : refusal_of(owner);
    }
    auto uploads = look_up(in, asked, *owner, std::move(batch->entries));
    lock.unlock();
    stage_all(in, asked, *owner, uploads);
    lock.lock();
    owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    auto results = store_uploads(in, *owner, uploads, batch->metadata, asked.minor);
    forget_used(in, *owner, results);
    return upload_summary(in, std::move(results), owner->id, asked.minor);
}

} // namespace sandbox::service
