#pragma once

#include <cstddef>
#include <random>
#include <vector>

#include "sandbox/learn/classifier.hpp"

namespace sandbox::test {

/// A sample that owns what learn::sample shows.
struct owned_sample {
    std::vector<float> features;
    std::vector<std::size_t> labels;
};

inline std::vector<learn::sample> views_of(const std::vector<owned_sample>& samples) {
    std::vector<learn::sample> made;
    for (const owned_sample& each : samples) {
        made.push_back({.features = each.features, .labels = each.labels});
    }
    return made;
}

/// Eight features of noise, and each label of a sample lifts its own.
inline owned_sample noisy_sample(std::mt19937& chance, std::vector<std::size_t> labels) {
    std::uniform_real_distribution<float> noise(0, 0.4F);
    owned_sample made{.features = std::vector<float>(8), .labels = std::move(labels)};
    for (float& each : made.features) {
        each = noise(chance);
    }
    for (const std::size_t label : made.labels) {
        made.features.at(label) += 0.6F;
    }
    return made;
}

inline std::vector<owned_sample>
noisy_samples(unsigned seed, const std::vector<std::vector<std::size_t>>& kinds, int of_each) {
    std::mt19937 chance(seed);
    std::vector<owned_sample> made;
    for (int round = 0; round < of_each; ++round) {
        for (const std::vector<std::size_t>& kind : kinds) {
            made.push_back(noisy_sample(chance, kind));
        }
    }
    return made;
}

} // namespace sandbox::test
