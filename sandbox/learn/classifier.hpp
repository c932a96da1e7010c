#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <vector>

#include "sandbox/learn/result.hpp"

namespace sandbox::learn {

/// A picture to learn from; what the views show belongs to the caller.
struct sample {
    std::span<const float> features;
    std::span<const std::size_t>
        labels; ///< each below the number of labels; none: an example of nothing
};

enum class label_rule {
    multiclass, ///< exactly one label fits a picture
    multilabel, ///< any number of labels does
};

/// A linear machine for each label. Const use is safe from several threads at once.
class classifier {
public:
    /// Learns; the same samples give the same machine. Fails where there are no samples or labels,
    /// where samples have feature vectors of different lengths, values that are not finite, or a
    /// label that there is not. A label without a sample is learned as an unlikely one.
    [[nodiscard]] static result<classifier> train(std::span<const sample> samples,
                                                  std::size_t labels, label_rule rule);

    /// Reads what save() has written.
    [[nodiscard]] static result<classifier> load(const std::filesystem::path& file);

    /// Writes the file whole or not at all, and durably; one that is there is replaced.
    [[nodiscard]] result<void> save(const std::filesystem::path& file) const;

    /// A number from 0 to 1 for each label; together 1 under label_rule::multiclass. Throws
    /// std::invalid_argument where `features` is of another length than feature_count().
    [[nodiscard]] std::vector<double> probabilities(std::span<const float> features) const;

    [[nodiscard]] std::size_t label_count() const noexcept { return labels_; }
    [[nodiscard]] std::size_t feature_count() const noexcept { return features_; }

private:
    classifier(label_rule rule, std::size_t labels, std::size_t features)
        : rule_(rule), labels_(labels), features_(features) {}

    label_rule rule_;
    std::size_t labels_;
    std::size_t features_;
    std::vector<float> weights_; ///< a row a label: one a feature, then the constant
};

} // namespace sandbox::learn
