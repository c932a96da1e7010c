#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/http/message.hpp"
#include "sandbox/service/state.hpp"
#include "sandbox/service/upload.hpp"

/// What the operations that bring pictures have in common at their two ends.
namespace sandbox::service {

/// Gives an upload the status that a faults file wants for its source. False where that is a
/// failure, and there is nothing to do for the picture any more.
[[nodiscard]] bool admit(const http::request& asked, upload& of);

/// The ImageCreateSummary of an upload: 207 where an image failed, from v3.3 on. The order is not
/// that of the request: clients match by sourceUrl, and one that does not is to fail here rather
/// than there. With the state's guard held.
[[nodiscard]] http::response upload_summary(const state& in, std::vector<upload_result> results,
                                            std::string_view project_id, int minor);

} // namespace sandbox::service
