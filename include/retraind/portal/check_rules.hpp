#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/config/configuration.hpp"
#include "retraind/portal/record_codec.hpp"
#include "retraind/portal/view_codec.hpp"

namespace retraind::portal {

enum class mark {
    ok,
    wrong,       ///< the configuration will not work like this
    cannot_tell, ///< only doing it would show
};

/// What one check of the service found.
struct finding {
    mark judged = mark::ok;
    std::string about;    ///< the key, or the project's label and what of it
    std::string sentence; ///< with the mend where it is wrong
};

/// `ok           about: sentence`, with its end.
[[nodiscard]] std::string line_of(const finding& found);

/// The published quotas (CONTRACT.md section 4).
struct quota {
    std::uint64_t projects = 100;
    std::uint64_t images = 100'000;
    std::uint64_t tags = 500;
    std::uint64_t iterations = 20;
};
[[nodiscard]] quota quota_of(config::tier pricing);

/// What the pictures of one watched folder will be labelled with, as they lie there now.
struct folder_labels {
    std::string path;
    bool create_tags = true;
    std::set<std::vector<std::string>> label_sets; ///< of one picture or more, each once
    std::string problem;                           ///< why it could not be read; else empty
};

/// More than five minutes between this machine and the service are wrong. Whole seconds are all
/// that a Date says.
[[nodiscard]] finding judge_clock(std::optional<wall_time> service, wall_time here);

/// Where the configured project is among the service's.
struct presence {
    finding found;
    std::optional<record> project; ///< nothing where it is missing, or several have the name
};
[[nodiscard]] presence judge_presence(const config::project_block& wanted,
                                      const std::vector<record>& projects,
                                      const std::vector<record>& domains, const quota& limits);

/// Whether an existing project is as `create` says, and can be changed at all.
[[nodiscard]] std::vector<finding> judge_kind(const config::project_block& wanted,
                                              const record& project,
                                              const std::vector<record>& domains);
/// Whether the labels of what lies in the folders find their tags; `one_tag_a_picture` as the
/// project is, or would be made.
[[nodiscard]] std::vector<finding> judge_tags(const config::project_block& wanted,
                                              const std::vector<record>& tags,
                                              const std::vector<folder_labels>& folders,
                                              bool one_tag_a_picture, const quota& limits);
/// Images and iterations that the project may still get.
[[nodiscard]] std::vector<finding> judge_room(const config::project_block& wanted,
                                              const project_contents& has, const quota& limits);
/// The publish name and its target, as far as that can be told without publishing.
[[nodiscard]] std::vector<finding> judge_publish(const config::project_block& wanted,
                                                 const std::vector<record>& iterations,
                                                 bool takes_names_over);

/// Whether it is written as a Cognitive Services resource's id is:
/// `/subscriptions/GUID/resourceGroups/G/providers/Microsoft.CognitiveServices/accounts/A`.
[[nodiscard]] bool has_shape_of_resource(std::string_view id);

} // namespace retraind::portal
