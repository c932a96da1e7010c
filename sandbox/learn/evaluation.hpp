#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// How good a classifier is, as the service tells it (CONTRACT.md section 2, IterationPerformance).
/// Pure.
namespace sandbox::learn {

/// Which pictures are kept from learning: one in five, by chance and in proportion. Pictures of the
/// same labels are held out together, so five of a kind and no others like them lose exactly one.
/// The same labels and seed give the same answer. One entry a picture; a picture's labels rise.
[[nodiscard]] std::vector<bool>
choose_held_out(std::span<const std::vector<std::size_t>> labels_of_pictures, std::uint64_t seed);

/// A classifier's word on a picture that it has not learned from.
struct scored_picture {
    std::vector<std::size_t> labels;   ///< the true ones
    std::vector<double> probabilities; ///< one a label
};

/// From 0 to 1; 0 also where there is nothing to count.
struct figures {
    double precision = 0; ///< the true ones among those predicted
    double recall = 0;    ///< those predicted among the true ones
    double average_precision = 0;
};

struct evaluation {
    figures
        overall; ///< over all pairs of picture and label; its average precision is the labels' mean
    std::vector<figures> labels;
};

/// A label is predicted from a probability of `threshold` on. Average precision does not depend on
/// it: the mean, over a label's true pictures, of the precision among those ranked no lower. Labels
/// that no picture has are not in the mean.
[[nodiscard]] evaluation evaluate(std::span<const scored_picture> pictures, std::size_t labels,
                                  double threshold = 0.5);

} // namespace sandbox::learn
