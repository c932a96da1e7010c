#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string_view>

namespace sandbox::http {

struct route;

/// The pricing tier of a resource.
enum class tier { f0, s0 };

[[nodiscard]] std::string_view name_of(tier value) noexcept;

/// What is counted together.
enum class operation_class {
    train,                      ///< TrainProject
    upload,                     ///< calls that send pictures to a project; F0 counts them apart
    other_training,             ///< every other training call
    prediction_with_storage,    ///< classify and detect
    prediction_without_storage, ///< the same with /nostore
};

/// The class of a route; nothing for storage, which is not limited.
[[nodiscard]] std::optional<operation_class> class_of(const route& request);

/// Calls a second that a tier allows in a class (CONTRACT.md section 4: TrainProject 2 on F0 and 10
/// on S0, other calls 10, uploads on F0 2, prediction 10 with and 20 without storage, 2 on F0).
[[nodiscard]] unsigned calls_per_second(tier value, operation_class limited) noexcept;

/// Counts calls over a sliding second. Pure: time comes from the caller and never goes back.
class rate_limiter {
public:
    using time_point = std::chrono::steady_clock::time_point;

    explicit rate_limiter(tier value) : tier_(value) {}

    /// Admits a call and counts it, or says how long until one would be admitted.
    [[nodiscard]] std::optional<std::chrono::steady_clock::duration> refuse(operation_class limited,
                                                                            time_point now);

private:
    tier tier_;
    std::map<operation_class, std::deque<time_point>> admitted_; ///< of the last second, by class
};

} // namespace sandbox::http
