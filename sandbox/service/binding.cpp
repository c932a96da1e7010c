#include "sandbox/service/binding.hpp"

#include <cmath>
#include <limits>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/guid.hpp"

namespace sandbox::service {

namespace {

std::optional<std::string> as_guid(const json::value& document) {
    const json::string* text = document.if_string();
    return text == nullptr ? std::nullopt : parse_guid(std::string_view(*text));
}

} // namespace

std::optional<std::string> bind_guid(const json::value& document, std::string_view name) {
    const json::value* found = member(document, name);
    return found == nullptr ? std::nullopt : as_guid(*found);
}

std::optional<std::vector<std::string>> bind_guids(const json::value& document,
                                                   std::string_view name) {
    std::vector<std::string> ids;
    const json::value* found = member(document, name);
    if (found == nullptr) {
        return ids;
    }
    if (!found->is_array()) {
        return std::nullopt;
    }
    for (const json::value& each : found->get_array()) {
        auto id = as_guid(each);
        if (!id) {
            return std::nullopt;
        }
        ids.push_back(std::move(*id));
    }
    return ids;
}

std::optional<double> bind_number(const json::value& document, std::string_view name) {
    const json::value* found = member(document, name);
    if (found == nullptr || !found->is_number()) {
        return std::nullopt;
    }
    const double number = found->to_number<double>();
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<double> bind_single(const json::value& document, std::string_view name) {
    constexpr double most = std::numeric_limits<float>::max();
    const auto number = bind_number(document, name);
    return number && std::abs(*number) <= most ? std::optional<double>(static_cast<float>(*number))
                                               : std::nullopt;
}

} // namespace sandbox::service
