#include "sandbox/learn/classifier.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>

#include "sandbox/learn/linear_machine.hpp"

namespace sandbox::learn {

namespace {

std::optional<std::string> objection(std::span<const sample> samples, std::size_t labels) {
    if (samples.empty() || labels == 0) {
        return "There is nothing to learn from";
    }
    const std::size_t length = samples.front().features.size();
    const auto is_finite = [](float value) {
        return std::isfinite(value);
    };
    for (const sample& each : samples) {
        if (each.features.size() != length) {
            return fmt::format("The samples have {} and {} features", length, each.features.size());
        }
        if (!std::all_of(each.features.begin(), each.features.end(), is_finite)) {
            return "A sample has a feature that is no finite number";
        }
        for (const std::size_t label : each.labels) {
            if (label >= labels) {
                return fmt::format("A sample has label {} of {}", label, labels);
            }
        }
    }
    return std::nullopt;
}

std::vector<example> examples_of(std::span<const sample> samples, std::size_t label) {
    std::vector<example> made;
    made.reserve(samples.size());
    for (const sample& each : samples) {
        const auto found = std::find(each.labels.begin(), each.labels.end(), label);
        made.push_back({.features = each.features, .is_positive = found != each.labels.end()});
    }
    return made;
}

/// ln(1 / (1 + e^-odds)), where e^-odds may be too large a number.
double log_probability(double odds) {
    return odds < 0 ? odds - std::log1p(std::exp(odds)) : -std::log1p(std::exp(-odds));
}

/// Scales to a sum of 1. The largest counts as 1 before, so that not all of them can vanish.
void share_out(std::vector<double>& logarithms) {
    const double largest = *std::max_element(logarithms.begin(), logarithms.end());
    for (double& each : logarithms) {
        each = std::exp(each - largest);
    }
    const double sum = std::accumulate(logarithms.begin(), logarithms.end(), 0.0);
    for (double& each : logarithms) {
        each /= sum;
    }
}

} // namespace

result<classifier> classifier::train(std::span<const sample> samples, std::size_t labels,
                                     label_rule rule) {
    if (auto why = objection(samples, labels)) {
        return tl::unexpected(std::move(*why));
    }
    classifier made(rule, labels, samples.front().features.size());
    for (std::size_t label = 0; label < labels; ++label) {
        const std::vector<float> row = learn_weights(examples_of(samples, label));
        made.weights_.insert(made.weights_.end(), row.begin(), row.end());
    }
    return made;
}

std::vector<double> classifier::probabilities(std::span<const float> features) const {
    if (features.size() != features_) {
        throw std::invalid_argument(
            fmt::format("{} features for a classifier that knows {}", features.size(), features_));
    }
    std::vector<double> made;
    for (std::size_t label = 0; label < labels_; ++label) {
        const auto row = std::span(weights_).subspan(label * (features_ + 1), features_ + 1);
        made.push_back(log_probability(log_odds(row, features)));
    }
    if (rule_ == label_rule::multiclass) {
        share_out(made);
    } else {
        std::transform(made.begin(), made.end(), made.begin(),
                       [](double each) { return std::exp(each); });
    }
    return made;
}

} // namespace sandbox::learn
