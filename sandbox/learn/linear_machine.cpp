#include "sandbox/learn/linear_machine.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>

#include <linear.h>

namespace sandbox::learn {

namespace {

constexpr double cost = 1.0;
constexpr double tolerance = 0.01;

struct model_freer {
    void operator()(::model* made) const noexcept { free_and_destroy_model(&made); }
};

/// The examples as the library wants them: numbered values without the zeros, a row each.
class sparse_rows {
public:
    explicit sparse_rows(std::span<const example> examples) {
        std::vector<std::size_t> begins;
        for (const example& each : examples) {
            begins.push_back(nodes_.size());
            append(each.features);
            targets_.push_back(each.is_positive ? 1 : -1);
        }
        for (const std::size_t begin : begins) {
            rows_.push_back(&nodes_[begin]);
        }
        problem_ = {.l = static_cast<int>(rows_.size()),
                    .n = static_cast<int>(examples.front().features.size()) + 1,
                    .y = targets_.data(),
                    .x = rows_.data(),
                    .bias = 1};
    }
    sparse_rows(const sparse_rows&) = delete;
    sparse_rows& operator=(const sparse_rows&) = delete;

    [[nodiscard]] const ::problem& get() const noexcept { return problem_; }

private:
    void append(std::span<const float> features) {
        int number = 0;
        for (const float value : features) {
            ++number;
            if (value != 0) {
                nodes_.push_back({.index = number, .value = value});
            }
        }
        nodes_.push_back({.index = number + 1, .value = 1});
        nodes_.push_back({.index = -1, .value = 0});
    }

    std::vector<feature_node> nodes_;
    std::vector<feature_node*> rows_;
    std::vector<double> targets_;
    ::problem problem_{};
};

std::vector<float> only_how_likely(std::size_t features, bool is_positive, std::size_t count) {
    std::vector<float> weights(features + 1);
    const auto odds = static_cast<float>(std::log(2 * static_cast<double>(count) + 1));
    weights.back() = is_positive ? odds : -odds;
    return weights;
}

void keep_silent(const char* /*text*/) {}

} // namespace

std::vector<float> learn_weights(std::span<const example> examples) {
    const std::size_t features = examples.front().features.size();
    const bool first = examples.front().is_positive;
    const auto is_like_first = [first](const example& each) {
        return each.is_positive == first;
    };
    if (std::all_of(examples.begin(), examples.end(), is_like_first)) {
        return only_how_likely(features, first, examples.size());
    }
    static const bool is_silent = (set_print_string_function(keep_silent), true);
    static_cast<void>(is_silent);
    ::parameter how{};
    how.solver_type = L2R_LR;
    how.eps = tolerance;
    how.C = cost;
    const sparse_rows rows(examples);
    const std::unique_ptr<::model, model_freer> made(::train(&rows.get(), &how));
    // Of the labels 1 and -1 the library's weights always speak for 1.
    return {made->w, made->w + features + 1};
}

double log_odds(std::span<const float> weights, std::span<const float> features) {
    double sum = weights.back();
    for (std::size_t each = 0; each < features.size(); ++each) {
        sum += double{weights[each]} * features[each];
    }
    return sum;
}

} // namespace sandbox::learn
