#pragma once

#include <string_view>

#include "retraind/base/error.hpp"
#include "retraind/customvision/failure.hpp"

namespace retraind::customvision {

/// How far a large body had got when a call ended. Bodies of a few bytes and none at all are
/// `none`: it makes no sense to shrink them.
enum class body_progress {
    none,
    under_way, ///< begun, and not known to be sent whole
    sent,      ///< all of it was handed to the connection
};

/// Whether a status is one of success; 207 is (fact 1).
[[nodiscard]] bool is_success(unsigned status) noexcept;

/// What an answer that is no success means: the service's code first, then the status (CONTRACT.md
/// section 3.1). `code` is empty where the answer names none. Pure.
[[nodiscard]] verdict judge_answer(unsigned status, std::string_view code, body_progress body);

/// What a call without an answer means. A reset in the middle of a large body, and a time-out of
/// one, are how a too large one is refused when it is not said. Pure.
[[nodiscard]] verdict judge_transport(errc code, body_progress body) noexcept;

/// The kind of error an answer with that verdict stands for. Pure.
[[nodiscard]] errc error_kind(verdict meaning, unsigned status, std::string_view code) noexcept;

} // namespace retraind::customvision
