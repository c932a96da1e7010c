#include "sandbox/learn/evaluation.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <random>
#include <tuple>

namespace sandbox::learn {

namespace {

constexpr std::size_t fold = 5;

double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

bool has_label(const scored_picture& picture, std::size_t label) {
    return std::find(picture.labels.begin(), picture.labels.end(), label) != picture.labels.end();
}

struct counts {
    double predicted = 0;
    double present = 0;
    double both = 0;

    void add(const counts& other) {
        predicted += other.predicted;
        present += other.present;
        both += other.both;
    }
};

counts count(std::span<const scored_picture> pictures, std::size_t label, double threshold) {
    counts made;
    for (const scored_picture& each : pictures) {
        const bool is_predicted = each.probabilities[label] >= threshold;
        const bool is_present = has_label(each, label);
        made.add({.predicted = is_predicted ? 1.0 : 0.0,
                  .present = is_present ? 1.0 : 0.0,
                  .both = is_predicted && is_present ? 1.0 : 0.0});
    }
    return made;
}

struct ranked {
    double probability = 0;
    bool is_present = false;
};

std::vector<ranked> ranking(std::span<const scored_picture> pictures, std::size_t label) {
    std::vector<ranked> made;
    for (const scored_picture& each : pictures) {
        made.push_back(
            {.probability = each.probabilities[label], .is_present = has_label(each, label)});
    }
    std::sort(made.begin(), made.end(), [](const ranked& left, const ranked& right) {
        return left.probability > right.probability;
    });
    return made;
}

/// Pictures of the same probability share a rank, so that their order does not matter.
double average_precision(const std::vector<ranked>& from) {
    double sum = 0;
    double present = 0;
    for (auto begin = from.begin(); begin != from.end();) {
        const auto end = std::find_if(begin, from.end(), [begin](const ranked& each) {
            return each.probability != begin->probability;
        });
        const auto more = static_cast<double>(
            std::count_if(begin, end, [](const ranked& each) { return each.is_present; }));
        present += more;
        sum += more * present / static_cast<double>(end - from.begin());
        begin = end;
    }
    return ratio(sum, present);
}

figures figures_from(const counts& from) {
    return {.precision = ratio(from.both, from.predicted),
            .recall = ratio(from.both, from.present)};
}

} // namespace

std::vector<bool> choose_held_out(std::span<const std::vector<std::size_t>> labels_of_pictures,
                                  std::uint64_t seed) {
    std::mt19937_64 chance(seed);
    std::vector<std::uint64_t> keys(labels_of_pictures.size());
    std::generate(keys.begin(), keys.end(), std::ref(chance));
    std::vector<std::size_t> order(labels_of_pictures.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return std::tie(labels_of_pictures[left], keys[left]) <
               std::tie(labels_of_pictures[right], keys[right]);
    });
    std::vector<bool> made(order.size());
    for (std::size_t place = fold / 2; place < order.size(); place += fold) {
        made[order[place]] = true;
    }
    return made;
}

evaluation evaluate(std::span<const scored_picture> pictures, std::size_t labels,
                    double threshold) {
    evaluation made;
    counts all;
    double sum = 0;
    double labels_present = 0;
    for (std::size_t label = 0; label < labels; ++label) {
        const counts own = count(pictures, label, threshold);
        figures& each = made.labels.emplace_back(figures_from(own));
        each.average_precision = average_precision(ranking(pictures, label));
        all.add(own);
        sum += each.average_precision;
        labels_present += own.present > 0 ? 1 : 0;
    }
    made.overall = figures_from(all);
    made.overall.average_precision = ratio(sum, labels_present);
    return made;
}

} // namespace sandbox::learn
