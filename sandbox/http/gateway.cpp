#include "sandbox/http/gateway.hpp"

#include <openssl/crypto.h>

#include "sandbox/http/gateway_answers.hpp"

namespace sandbox::http {

namespace {

/// Takes the same time whatever the given key has in common with the expected one.
bool same_key(std::string_view expected, std::string_view given) {
    return !expected.empty() && expected.size() == given.size() &&
           CRYPTO_memcmp(expected.data(), given.data(), expected.size()) == 0;
}

} // namespace

gateway::gateway(keys expected, tier current)
    : keys_(std::move(expected)), tier_(current), limiter_(current) {}

bool gateway::has_key(const request& asked, api service) const {
    switch (service) {
    case api::training:
        return same_key(keys_.training, asked.header("Training-Key"));
    case api::prediction:
        return same_key(keys_.prediction, asked.header("Prediction-Key"));
    case api::storage:
        break;
    }
    return true;
}

std::optional<response> gateway::refuse(const request& asked, const std::optional<route>& found,
                                        rate_limiter::time_point now) {
    if (!found) {
        return resource_not_found();
    }
    if (!has_key(asked, found->service)) {
        return access_denied();
    }
    const auto limited = class_of(*found);
    if (!limited) {
        return std::nullopt;
    }
    const auto wait = limiter_.refuse(*limited, now);
    return wait ? std::optional(too_many_requests(*found, tier_, *wait)) : std::nullopt;
}

} // namespace sandbox::http
