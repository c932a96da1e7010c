#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "sandbox/http/fault_plan.hpp"

namespace sandbox::http {

/// Reads a faults file's JSON. An error is a sentence that names the rule and the key; a file with
/// one error counts for nothing.
///
///     {
///       "request_bytes": 60000000,           the limit of a request body; over it: 408
///       "rules": [
///         {
///           "operation": "CreateImagesFromFiles",   a name of the OpenAPI file, or "*"
///           "skip": 1,                       let the first so many pass (default 0)
///           "times": 2,                      then act so many times (default: always)
///           ... and one of:
///           "status": 503                    this answer in place of the operation
///           "early_status": 413              the same, sent before the body is read
///             "headers": {"Retry-After": "2"}, "body": "text" or any JSON
///                                            with either; absent: what goes with that status
///           "close": "before_body" | "mid_body" | "after_body_before_answer" | "after_handling"
///           "delay_ms": 500, "delay_answer_ms": 500   before and after the operation; one or both
///           "image_status": {"*.png": "ErrorStorage"} per-image results, by image name
///           "read_bytes_per_second": 100000
///         }
///       ]
///     }
[[nodiscard]] tl::expected<fault_rules, std::string> parse_faults(std::string_view text);

} // namespace sandbox::http
