#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sandbox/service/entities.hpp"
#include "sandbox/service/refusal.hpp"

namespace sandbox::service {

/// The settings that a call wants for a project; what is absent stays.
struct wanted_settings {
    std::optional<std::string> name;
    std::optional<std::string> description;
    std::optional<std::string> domain_id;
    std::optional<std::string> classification;
    std::optional<std::vector<std::string>> export_platforms;
    std::optional<std::string> export_container;   ///< an empty one takes it away
    std::optional<std::string> notification_queue; ///< the same
};

/// Puts them into a project, or says why not. A project with an id keeps its domain's type; `minor`
/// is that of the API version, which says what platforms there are.
[[nodiscard]] std::optional<refusal> apply_settings(const wanted_settings& wanted, int minor,
                                                    project& to);

} // namespace sandbox::service
