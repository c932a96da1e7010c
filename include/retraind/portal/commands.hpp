#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/config/configuration.hpp"
#include "retraind/pipeline/service_session.hpp"
#include "retraind/portal/trouble_rules.hpp"

namespace retraind::portal {

enum class subject { projects, tags, iterations };
enum class action { list, show, create, remove };

/// How a project is to be made; what is not said comes from the configuration's `create` of that
/// name, else from its defaults.
struct create_wishes {
    std::optional<std::string> type;           ///< Classification, ObjectDetection
    std::optional<std::string> domain;         ///< a name of that type, or its GUID
    std::optional<std::string> classification; ///< Multiclass, Multilabel
};

/// What one command of the portal's work is asked for.
struct request {
    subject about = subject::projects;
    action wanted = action::list;
    std::string project; ///< of tags and iterations: name or GUID
    std::vector<std::string> names;
    bool json = false;
    bool yes = false; ///< deletes without a question
    create_wishes create;
    std::string tag_type = "Regular"; ///< or Negative
};

/// Where a command reads and writes.
struct console {
    std::function<void(std::string_view text)> out; ///< what was asked for
    std::function<void(std::string_view text)> say; ///< the rest: questions, errors
    /// Reads the answer to a question; empty where nobody can be asked.
    std::function<bool()> agreed;
    std::optional<std::size_t> width; ///< of the terminal that `out` is; nothing where it is none
};

/// Lists, shows, creates or deletes. What was done is said as it is done; the first thing that
/// fails ends it. All names are looked up before the first thing is made or deleted. With `json`
/// the service's own objects: the list's array, else an object a line, in the order asked; what was
/// deleted, as it was. Opens the session.
[[nodiscard]] ending perform(pipeline::service_session& session,
                             const config::configuration& wanted, const request& asked,
                             const console& with);

/// The domain, type and classification that a new project gets. Fails where classification is
/// wished for a project that detects objects. Pure.
[[nodiscard]] attempt<config::create_block> settle_wishes(const config::configuration& wanted,
                                                          const std::string& name,
                                                          const create_wishes& wishes);

} // namespace retraind::portal
