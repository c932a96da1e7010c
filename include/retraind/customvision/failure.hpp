#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"

namespace retraind::customvision {

/// What a failed call means for the caller (CONTRACT.md section 3.1).
enum class verdict {
    retry,           ///< passing: network, 5xx, a deadline, Conflict; the same again, later
    throttled,       ///< 429: the same again after `retry_after`
    shrink,          ///< 408, 413, a reset in the middle of a body: smaller requests, later
    refused_batch,   ///< 400: something in it is not taken; find out what
    unauthorised,    ///< 401, 403: the key; nothing of this project works until it changes
    missing_project, ///< the project, or the endpoint's path, is not there
    state,           ///< not an error: TrainingNotNeeded, AlreadyInProgress, IterationIsPublished
    needs_data,      ///< training wants more pictures
    needs_operator,  ///< a limit or a setting that a person must change
    abandoned,       ///< our own doing: stopping, or a file changed on the way
};

/// Why a call did not do what it should, with all that the service said of it: people were left
/// with "Bad Request" by other clients, so code, message and request id always travel along.
struct failure {
    verdict meaning = verdict::retry;
    error cause;                         ///< the sentence; its code tells transport failures apart
    unsigned status = 0;                 ///< 0: there was no answer
    std::string code;                    ///< the service's own: "BadRequestTrainingNotNeeded"
    std::string message;                 ///< the service's own words
    std::string request_id;              ///< apim-request-id
    std::optional<duration> retry_after; ///< from the header, or from the message's words
    /// Of a body that was measured and not sent, because it is larger than it may be: what each of
    /// its entries adds to one, in their order. Else empty.
    std::vector<std::uint64_t> entry_bytes{};
};

template <class T>
using answer = tl::expected<T, failure>;

} // namespace retraind::customvision
