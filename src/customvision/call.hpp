#pragma once

#include "retraind/base/secret.hpp"
#include "retraind/customvision/failure.hpp"
#include "retraind/customvision/image_batch_body.hpp"
#include "retraind/customvision/training_client.hpp"
#include "retraind/http/message.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace retraind::customvision {

/// One operation with its parameters, before it becomes a request.
struct call {
    std::string_view operation; ///< OpenAPI's operationId; a literal
    std::string method;
    std::string target;
    std::string body;                         ///< a small one; empty: none
    std::shared_ptr<image_batch_body> images; ///< the large body; else null
};

/// Only what changes nothing may be repeated without its loop's knowing.
[[nodiscard]] bool may_repeat(const call& what);

/// Whether it can stand in a header: not empty, visible ASCII.
[[nodiscard]] bool is_usable(const secret& key);

/// The only field with the key is the first. The transport wipes it.
[[nodiscard]] http::request make_request(const call& what, const secret& key,
                                         const client_options& options);

/// An answer with an error status.
[[nodiscard]] failure answered_failure(const call& what, const http::response& answer,
                                       wall_time now);
/// No answer at all.
[[nodiscard]] failure unanswered_failure(const call& what, const error& cause);
/// An answer of success that cannot be read.
[[nodiscard]] failure unreadable_failure(std::string_view operation, const http::response& answer,
                                         const error& cause);
/// The call was not made, because there is no key to make it with.
[[nodiscard]] failure keyless_failure(const call& what);
/// The call was not made, because its body would be larger than it may be.
[[nodiscard]] failure oversized_failure(const call& what, std::uint64_t most_bytes);
/// The call was not made, because nothing is sent any more.
[[nodiscard]] failure stopped_failure(const call& what);

/// Takes the key out of everything that a service said: some echo what they were sent.
void redact(http::response& answer, const secret& key);
void redact(failure& said, const secret& key);

/// The id under which the service's operators find the exchange; empty where it gave none.
[[nodiscard]] std::string request_id_of(const http::response& answer);

} // namespace retraind::customvision
