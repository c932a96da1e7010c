#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/ids.hpp"

namespace retraind::customvision {

/// What the service answered to a read, as it wrote it: for those who show its own objects, members
/// that this program does not know included.
struct document {
    std::string body; ///< JSON
    std::optional<wall_time>
        date; ///< the answer's Date, in whole seconds; nothing where it has none
};

/// Which document: the operation, and the path's segments below the version.
struct document_address {
    std::string_view operation; ///< OpenAPI's operationId; a literal
    std::vector<std::string> segments;
};

[[nodiscard]] document_address domains_document();
[[nodiscard]] document_address projects_document();
[[nodiscard]] document_address project_document(project_id id);
[[nodiscard]] document_address tags_document(project_id id);
[[nodiscard]] document_address tag_document(project_id id, tag_id which);
[[nodiscard]] document_address iterations_document(project_id id);
[[nodiscard]] document_address iteration_document(project_id id, iteration_id which);
[[nodiscard]] document_address performance_document(project_id id, iteration_id which);

} // namespace retraind::customvision
