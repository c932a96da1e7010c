#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "retraind/portal/record_codec.hpp"

namespace retraind::portal {

/// A project with what belongs to it.
struct project_contents {
    record project;
    std::vector<record> tags;
    std::vector<record> iterations;
    std::uint64_t images = 0;
};

/// Lists for people; `width` is the terminal's, where there is one. Pure.
[[nodiscard]] std::string projects_table(const std::vector<record>& projects,
                                         const std::vector<record>& domains,
                                         std::optional<std::size_t> width);
[[nodiscard]] std::string tags_table(const std::vector<record>& tags,
                                     std::optional<std::size_t> width);
[[nodiscard]] std::string iterations_table(const std::vector<record>& iterations,
                                           std::optional<std::size_t> width);

/// One thing for people.
[[nodiscard]] std::string project_view(const project_contents& shown,
                                       const std::vector<record>& domains);
[[nodiscard]] std::string tag_view(const record& tag);
/// `performance` is nothing where the iteration has none: it is not trained yet, or failed.
[[nodiscard]] std::string iteration_view(const record& iteration,
                                         const std::optional<record>& performance,
                                         const std::vector<record>& domains,
                                         std::optional<std::size_t> width);

/// What goes when it is deleted, a line each, for the question that is asked before.
[[nodiscard]] std::string loss_of_project(const project_contents& lost);
[[nodiscard]] std::string loss_of_tag(const record& tag);
[[nodiscard]] std::string loss_of_iteration(const record& iteration);

} // namespace retraind::portal
