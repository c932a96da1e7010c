#pragma once

#include <string>
#include <string_view>

#include "retraind/customvision/media_type_rules.hpp"

namespace retraind::customvision {

/// What an answer with an error status says of itself.
struct service_error {
    std::string code;    ///< "BadRequestTrainingNotNeeded", "401"; empty where it names none
    std::string message; ///< the words, on one line, fit for a log

    bool operator==(const service_error&) const = default;
};

/// Reads every shape that has been seen (CONTRACT.md fact 14 and section 5): the service's flat
/// `{"code","message"}` (v1: `Code`, `Message`), the gateway's `{"error":{"code","message"}}` and
/// `{"statusCode","message"}`, and the same members as XML, whatever the root is called. Whatever
/// else the body is, its beginning is the message. Never fails. Pure.
[[nodiscard]] service_error parse_service_error(std::string_view body,
                                                notation written = notation::json);

} // namespace retraind::customvision
