#include "retraind/http/rate_budget.hpp"

#include <algorithm>
#include <cmath>

namespace retraind::http {
namespace {

/// A burst adds to the rate in the second it falls in: a quarter of the rate keeps the default of
/// 8 a second within the service's 10.
constexpr double burst_share = 0.25;
/// What rounding may lack of a whole token.
constexpr double nearly_one = 1.0 - 1e-9;

double burst_of(const rate_options& options) {
    return std::max(1.0, options.requests_per_second * burst_share);
}

} // namespace

rate_budget::rate_budget(rate_options options, mono_time now)
    : options_(options), most_tokens_(burst_of(options)), tokens_(most_tokens_), counted_at_(now) {}

double rate_budget::tokens_at(mono_time now) const {
    const std::chrono::duration<double> passed = now - counted_at_;
    return std::min(most_tokens_,
                    tokens_ + std::max(0.0, passed.count()) * options_.requests_per_second);
}

bool rate_budget::take(mono_time now) {
    if (in_flight_ >= options_.requests_in_flight || now < paused_until_) {
        return false;
    }
    const double tokens = tokens_at(now);
    if (tokens < nearly_one) {
        return false;
    }
    tokens_ = std::max(0.0, tokens - 1.0);
    counted_at_ = std::max(counted_at_, now);
    ++in_flight_;
    return true;
}

void rate_budget::change(rate_options options, mono_time now) {
    tokens_ = std::min(tokens_at(now), burst_of(options));
    counted_at_ = std::max(counted_at_, now);
    options_ = options;
    most_tokens_ = burst_of(options);
}

void rate_budget::give_back() noexcept {
    if (in_flight_ > 0) {
        --in_flight_;
    }
}

void rate_budget::pause_until(mono_time until) noexcept {
    paused_until_ = std::max(paused_until_, until);
}

std::optional<mono_time> rate_budget::next(mono_time now) const {
    if (in_flight_ >= options_.requests_in_flight) {
        return std::nullopt;
    }
    const double missing = std::max(0.0, 1.0 - tokens_at(now));
    const std::chrono::duration<double, std::nano> wait(
        std::ceil(missing / options_.requests_per_second * std::nano::den));
    const auto whole = std::chrono::duration_cast<mono_time::duration>(wait);
    return std::max(now + whole, paused_until_);
}

} // namespace retraind::http
