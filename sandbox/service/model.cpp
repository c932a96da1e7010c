#include "sandbox/service/model.hpp"

#include <span>
#include <stdexcept>

#include "sandbox/learn/classifier.hpp"
#include "sandbox/learn/evaluation.hpp"
#include "sandbox/learn/features.hpp"
#include "sandbox/learn/image.hpp"

namespace sandbox::service {

namespace {

/// Decides which pictures are held out, so that a training that is run again gives the same model.
constexpr std::uint64_t held_out_seed = 1;

learn::bytes_view view(std::string_view bytes) {
    return std::as_bytes(std::span(bytes.data(), bytes.size()));
}

const char* media_type_of(learn::image_info::format format) {
    switch (format) {
    case learn::image_info::format::jpeg:
        return "image/jpeg";
    case learn::image_info::format::png:
        return "image/png";
    case learn::image_info::format::bmp:
        return "image/bmp";
    case learn::image_info::format::gif:
        return "image/gif";
    }
    return "application/octet-stream";
}

template <class Value>
Value value_or_throw(learn::result<Value> given) {
    if (!given) {
        throw std::runtime_error(given.error());
    }
    return std::move(*given);
}

class learned_model : public model {
public:
    explicit learned_model(learn::classifier classifier) : classifier_(std::move(classifier)) {}

    [[nodiscard]] std::vector<double> probabilities(const feature_vector& features) const override {
        return classifier_.probabilities(features);
    }

    void save(const std::filesystem::path& file) const override {
        if (const auto saved = classifier_.save(file); !saved) {
            throw std::runtime_error(saved.error());
        }
    }

private:
    learn::classifier classifier_;
};

std::vector<bool> held_out_of(const std::vector<sample>& samples) {
    std::vector<std::vector<std::size_t>> labels;
    labels.reserve(samples.size());
    for (const sample& each : samples) {
        labels.push_back(each.labels);
    }
    return learn::choose_held_out(labels, held_out_seed);
}

std::vector<held_out_scores> score(const std::vector<sample>& samples,
                                   const std::vector<learn::sample>& seen,
                                   const std::vector<bool>& held_out, std::size_t classes,
                                   learn::label_rule rule) {
    const auto judge = value_or_throw(learn::classifier::train(seen, classes, rule));
    std::vector<held_out_scores> scores;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        if (held_out[i]) {
            scores.push_back({samples[i].labels, judge.probabilities(samples[i].features)});
        }
    }
    return scores;
}

class_performance performance_of(const learn::figures& figures) {
    return {figures.precision, figures.recall, figures.average_precision};
}

} // namespace

std::string_view feature_method() {
    return learn::feature_method;
}

std::optional<picture_facts> inspect_picture(std::string_view bytes) {
    const auto info = learn::inspect(view(bytes));
    if (!info) {
        return std::nullopt;
    }
    return picture_facts{info->width, info->height, media_type_of(info->kind)};
}

std::optional<feature_vector> features_of(std::string_view bytes) {
    auto features = learn::features_of_file(view(bytes));
    return features ? std::optional(std::move(*features)) : std::nullopt;
}

std::shared_ptr<const model> load_model(const std::filesystem::path& file) {
    return std::make_shared<learned_model>(value_or_throw(learn::classifier::load(file)));
}

trained_model train_model(const std::vector<sample>& samples, std::size_t classes,
                          bool is_multiclass) {
    const auto rule = is_multiclass ? learn::label_rule::multiclass : learn::label_rule::multilabel;
    const auto held_out = held_out_of(samples);
    std::vector<learn::sample> all;
    std::vector<learn::sample> seen;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        all.push_back({samples[i].features, samples[i].labels});
        if (!held_out[i]) {
            seen.push_back(all.back());
        }
    }
    trained_model trained;
    trained.held_out = score(samples, seen, held_out, classes, rule);
    trained.classifier = std::make_shared<learned_model>(
        value_or_throw(learn::classifier::train(all, classes, rule)));
    return trained;
}

performance performance_at(const std::vector<held_out_scores>& scores, std::size_t classes,
                           double threshold) {
    std::vector<learn::scored_picture> pictures;
    pictures.reserve(scores.size());
    for (const held_out_scores& each : scores) {
        pictures.push_back({each.labels, each.probabilities});
    }
    const auto evaluation = learn::evaluate(pictures, classes, threshold);
    performance figures;
    figures.overall = performance_of(evaluation.overall);
    for (const learn::figures& each : evaluation.labels) {
        figures.classes.push_back(performance_of(each));
    }
    return figures;
}

} // namespace sandbox::service
