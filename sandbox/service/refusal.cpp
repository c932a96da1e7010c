#include "sandbox/service/refusal.hpp"

#include <array>
#include <utility>

#include "sandbox/service/body_codec.hpp"

namespace sandbox::service {

unsigned status_of(std::string_view code) {
    static constexpr auto families = std::to_array<std::pair<std::string_view, unsigned>>({
        {"BadRequest", 400},
        {"Forbidden", 403},
        {"NotFound", 404},
        {"Conflict", 409},
        {"UnsupportedMediaType", 415},
    });
    for (const auto& [family, status] : families) {
        if (code.starts_with(family)) {
            return status;
        }
    }
    return 500;
}

http::response to_response(const refusal& refused) {
    json::object body;
    body["code"] = refused.code;
    body["message"] = refused.message;
    return json_response(status_of(refused.code), body);
}

} // namespace sandbox::service
