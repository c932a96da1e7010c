#include "sandbox/http/rate_limiter.hpp"

#include <algorithm>
#include <array>

#include "sandbox/http/router.hpp"

namespace sandbox::http {

namespace {

constexpr std::chrono::seconds window(1);

constexpr auto uploads =
    std::to_array<std::string_view>({"CreateImagesFromData", "CreateImagesFromFiles",
                                     "CreateImagesFromUrls", "CreateImagesFromPredictions"});

/// S0 has one allowance for uploads and all else.
operation_class counted_as(tier value, operation_class limited) {
    const bool shared = limited == operation_class::upload && value == tier::s0;
    return shared ? operation_class::other_training : limited;
}

} // namespace

std::string_view name_of(tier value) noexcept {
    return value == tier::f0 ? "F0" : "S0";
}

std::optional<operation_class> class_of(const route& request) {
    switch (request.service) {
    case api::storage:
        return std::nullopt;
    case api::prediction:
        return request.operation.ends_with("WithNoStore")
                   ? operation_class::prediction_without_storage
                   : operation_class::prediction_with_storage;
    case api::training:
        break;
    }
    if (request.operation == "TrainProject") {
        return operation_class::train;
    }
    const bool upload =
        std::find(uploads.begin(), uploads.end(), request.operation) != uploads.end();
    return upload ? operation_class::upload : operation_class::other_training;
}

unsigned calls_per_second(tier value, operation_class limited) noexcept {
    const bool free = value == tier::f0;
    switch (limited) {
    case operation_class::train:
    case operation_class::upload:
    case operation_class::prediction_with_storage:
        return free ? 2 : 10;
    case operation_class::prediction_without_storage:
        return free ? 2 : 20;
    case operation_class::other_training:
        break;
    }
    return 10;
}

std::optional<std::chrono::steady_clock::duration> rate_limiter::refuse(operation_class limited,
                                                                        time_point now) {
    auto& calls = admitted_[counted_as(tier_, limited)];
    while (!calls.empty() && calls.front() + window <= now) {
        calls.pop_front();
    }
    if (calls.size() >= calls_per_second(tier_, limited)) {
        return calls.front() + window - now;
    }
    calls.push_back(now);
    return std::nullopt;
}

} // namespace sandbox::http
