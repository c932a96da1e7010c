#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/service/entities.hpp"
#include "sandbox/service/refusal.hpp"

namespace sandbox::service {

/// A call of PublishIteration and what it meets.
struct publish_question {
    std::string name;
    std::string prediction_id;
    bool overwrite = false;
    iteration target;
    std::optional<iteration> holder; ///< who carries the name now
};

/// Why it is refused; nothing where it goes through. Order and codes: CONTRACT.md facts 8 and 9.
[[nodiscard]] std::optional<refusal> refuse_publish(const publish_question& asked);

/// Whether a resource id names a Cognitive Services account in full, from the subscription on.
[[nodiscard]] bool is_account_id(std::string_view resource_id);

/// What goes with an iteration that is published; the refusal of its deletion.
[[nodiscard]] refusal iteration_is_published(std::string_view publish_name);

} // namespace sandbox::service
