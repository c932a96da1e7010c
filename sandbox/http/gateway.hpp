#pragma once

#include <optional>
#include <string>

#include "sandbox/http/message.hpp"
#include "sandbox/http/rate_limiter.hpp"
#include "sandbox/http/router.hpp"

namespace sandbox::http {

/// What stands before the service: paths, keys and rates, in that order. Decides on the header
/// alone. Pure but for the rates it has counted; one thread.
class gateway {
public:
    struct keys {
        std::string training;
        std::string prediction;
    };

    gateway(keys expected, tier current);

    /// The answer to a request that must not reach the service; nothing where it may.
    /// `found` is what find_route() says of it.
    [[nodiscard]] std::optional<response>
    refuse(const request& asked, const std::optional<route>& found, rate_limiter::time_point now);

    [[nodiscard]] tier current_tier() const noexcept { return tier_; }

private:
    [[nodiscard]] bool has_key(const request& asked, api service) const;

    keys keys_;
    tier tier_;
    rate_limiter limiter_;
};

} // namespace sandbox::http
