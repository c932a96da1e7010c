#pragma once

#include <span>
#include <vector>

namespace sandbox::learn {

/// An example for a machine that answers yes or no.
struct example {
    std::span<const float> features;
    bool is_positive = false;
};

/// Weights of a logistic regression, one a feature, and last the constant. `examples` is not empty,
/// and all have as many features. Where there are positive or negative ones only, what is learned
/// is how likely they are. Deterministic.
[[nodiscard]] std::vector<float> learn_weights(std::span<const example> examples);

/// The logarithm of the odds that `weights` give `features`.
[[nodiscard]] double log_odds(std::span<const float> weights, std::span<const float> features);

} // namespace sandbox::learn
