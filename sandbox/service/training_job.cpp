#include "sandbox/service/training_job.hpp"

#include <algorithm>
#include <stdexcept>

#include "sandbox/service/scores_codec.hpp"

namespace sandbox::service {

namespace {

/// The iteration is gone or the program ends: not a failure, and nothing to note.
struct given_up {};

class training_job {
public:
    training_job(state& in, const iteration& wanted, const std::atomic<bool>& is_stopping)
        : state_(in), wanted_(wanted), is_stopping_(is_stopping) {}

    void run() {
        load();
        const auto samples = collect_samples();
        note_domain();
        const bool is_multiclass = classification_ == "Multiclass";
        const auto trained = train_model(samples, classes_.size(), is_multiclass);
        save(*trained.classifier);
        complete(encode_scores(trained.held_out));
    }

    void fail(const std::string& reason) {
        const std::scoped_lock lock(state_.guard);
        auto failed = state_.iterations.find(wanted_.project_id, wanted_.id);
        if (failed) {
            failed->status = "Failed";
            failed->error = reason;
            failed->last_modified = now();
            state_.iterations.update(*failed);
        }
    }

private:
    /// The iteration as it is now. With the guard held.
    iteration current() {
        auto found = state_.iterations.find(wanted_.project_id, wanted_.id);
        if (!found || found->status != "Training") {
            throw given_up();
        }
        return *found;
    }

    void load() {
        const std::scoped_lock lock(state_.guard);
        current();
        const auto owner = state_.projects.find(wanted_.project_id);
        domain_id_ = owner->domain_id;
        classification_ = owner->classification;
        classes_ = state_.iterations.classes(wanted_.id);
        examples_ = state_.iterations.examples(wanted_.id);
    }

    std::vector<sample> collect_samples() {
        std::vector<sample> samples;
        for (const training_example& each : examples_) {
            if (is_stopping_) {
                throw given_up();
            }
            auto features = features_for(each.image_id);
            if (features) {
                samples.push_back({std::move(*features), labels_of(each)});
            }
        }
        return samples;
    }

    /// Kept ones, else computed with the guard free; nothing for a picture that does not decode or
    /// was deleted meanwhile.
    std::optional<feature_vector> features_for(const std::string& image_id) {
        {
            const std::scoped_lock lock(state_.guard);
            if (const auto kept = state_.iterations.features(image_id, feature_method())) {
                return decode_features(*kept);
            }
            if (!state_.images.media_type(wanted_.project_id, image_id)) {
                return std::nullopt;
            }
        }
        const auto bytes = state_.files.read(wanted_.project_id, image_id);
        if (!bytes) {
            refuse_lost(image_id);
            return std::nullopt;
        }
        auto features = features_of(*bytes);
        if (features) {
            const std::scoped_lock lock(state_.guard);
            state_.iterations.set_features(image_id, feature_method(), encode_features(*features));
        }
        return features;
    }

    /// A picture without its file was deleted meanwhile, or the disk has lost it.
    void refuse_lost(const std::string& image_id) {
        const std::scoped_lock lock(state_.guard);
        if (state_.images.media_type(wanted_.project_id, image_id)) {
            throw std::runtime_error("cannot read the picture of image " + image_id);
        }
    }

    [[nodiscard]] std::vector<std::size_t> labels_of(const training_example& example) const {
        std::vector<std::size_t> labels;
        for (std::size_t i = 0; i < classes_.size(); ++i) {
            const auto& ids = example.tag_ids;
            if (std::find(ids.begin(), ids.end(), classes_[i].id) != ids.end()) {
                labels.push_back(i);
            }
        }
        return labels;
    }

    /// The real service shows these once the pictures are read, while it still trains.
    void note_domain() {
        const std::scoped_lock lock(state_.guard);
        iteration reading = current();
        reading.domain_id = domain_id_;
        reading.classification = classification_;
        reading.training_minutes = 1;
        reading.last_modified = now();
        state_.iterations.update(reading);
    }

    void save(const model& trained) {
        const auto file = state_.files.new_incoming();
        trained.save(file);
        const std::scoped_lock lock(state_.guard);
        current();
        std::filesystem::rename(file, state_.files.model_of(wanted_.id));
    }

    void complete(const std::string& evaluation) {
        const std::scoped_lock lock(state_.guard);
        iteration done = current();
        done.status = "Completed";
        done.trained_at = done.last_modified = now();
        transaction whole(state_.db);
        state_.iterations.set_evaluation(done.id, evaluation);
        state_.iterations.update(done);
        whole.commit();
    }

    state& state_;
    const iteration& wanted_;
    const std::atomic<bool>& is_stopping_;
    std::string domain_id_;
    std::optional<std::string> classification_;
    std::vector<tag> classes_;
    std::vector<training_example> examples_;
};

} // namespace

void run_training(state& in, const iteration& wanted, const std::atomic<bool>& is_stopping) {
    training_job job(in, wanted, is_stopping);
    try {
        job.run();
    } catch (const given_up&) {
        return;
    } catch (const std::exception& failure) {
        try {
            job.fail(failure.what());
        } catch (const std::exception&) {
            // The database does not take it; the next run of the program trains again.
        }
    }
}

} // namespace sandbox::service
