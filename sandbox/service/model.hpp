#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/image_rules.hpp"

/// The service's view of machine learning; the only unit that knows how it is done.
namespace sandbox::service {

/// What the bytes are, by their content; nothing where they are no JPEG, PNG, BMP or GIF.
[[nodiscard]] std::optional<picture_facts> inspect_picture(std::string_view bytes);

using feature_vector = std::vector<float>;

/// Names the way features are computed; cached ones of another method are computed anew.
[[nodiscard]] std::string_view feature_method();

/// Nothing where the picture cannot be decoded.
[[nodiscard]] std::optional<feature_vector> features_of(std::string_view bytes);

struct sample {
    feature_vector features;
    std::vector<std::size_t> labels; ///< indices of the sample's classes, rising
};

/// How sure a model was of each class of a picture that it had not learned from.
struct held_out_scores {
    std::vector<std::size_t> labels;
    std::vector<double> probabilities; ///< a class each
};

/// A trained classifier. Safe to use from several threads at once.
class model {
public:
    virtual ~model() = default;

    /// A number from 0 to 1 for each class; together 1 for a multiclass model.
    [[nodiscard]] virtual std::vector<double>
    probabilities(const feature_vector& features) const = 0;

    virtual void save(const std::filesystem::path& file) const = 0;
};

/// Throws std::runtime_error where the file is no model.
[[nodiscard]] std::shared_ptr<const model> load_model(const std::filesystem::path& file);

struct trained_model {
    std::shared_ptr<const model> classifier; ///< learned from all samples
    std::vector<held_out_scores> held_out;   ///< of a model that learned from the other four fifths
};

/// Throws std::runtime_error where the samples cannot be learned from.
[[nodiscard]] trained_model train_model(const std::vector<sample>& samples, std::size_t classes,
                                        bool is_multiclass);

struct class_performance {
    double precision = 0;
    double recall = 0;
    double average_precision = 0;
};

struct performance {
    std::vector<class_performance> classes;
    class_performance overall;
};

/// Precision and recall count a class as predicted from `threshold` on.
[[nodiscard]] performance performance_at(const std::vector<held_out_scores>& scores,
                                         std::size_t classes, double threshold);

} // namespace sandbox::service
