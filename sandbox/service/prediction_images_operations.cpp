#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/file_batch.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/upload_answers.hpp"

namespace sandbox::service {

namespace {

upload stage_prediction(state& in, const call& asked, const project& owner, file_entry& entry) {
    upload made;
    made.source_url = *entry.name;
    made.tag_ids = std::move(entry.tag_ids);
    made.regions = std::move(entry.regions);
    if (!admit(asked.asked, made)) {
        return made;
    }
    if (in.predictions.find(owner.id, made.source_url)) {
        stage(in, in.files.read(owner.id, made.source_url), asked.minor, made);
    } else {
        made.status = "ErrorSource";
    }
    return made;
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
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner || !batch) {
        return owner ? refusal_of(batch) : refusal_of(owner);
    }
    std::vector<upload> uploads;
    for (file_entry& each : batch->entries) {
        uploads.push_back(stage_prediction(in, asked, *owner, each));
    }
    auto results = store_uploads(in, *owner, uploads, batch->metadata, asked.minor);
    forget_used(in, *owner, results);
    return upload_summary(in, std::move(results), owner->id, asked.minor);
}

} // namespace sandbox::service
