#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/database.hpp"
#include "sandbox/service/entities.hpp"

namespace sandbox::service {

/// The tags of projects and, read only, of iterations.
class tag_store {
public:
    explicit tag_store(database& on) : database_(on) {}

    /// All tags of a project's workspace in the order of their ids, which is no order a person
    /// would expect; the service's is none either.
    [[nodiscard]] std::vector<tag> all(std::string_view project_id) const;
    [[nodiscard]] std::optional<tag> find(std::string_view project_id, std::string_view id) const;
    /// As an iteration was trained on them.
    [[nodiscard]] std::vector<tag> of_iteration(std::string_view iteration_id) const;
    /// Whether a tag other than `except` has that name, or that type.
    [[nodiscard]] bool is_name_taken(std::string_view project_id, std::string_view name,
                                     std::string_view except = {}) const;
    [[nodiscard]] bool is_type_taken(std::string_view project_id, std::string_view type,
                                     std::string_view except = {}) const;
    [[nodiscard]] std::size_t count(std::string_view project_id) const;

    void insert(std::string_view project_id, const tag& added);
    void update(const tag& changed);
    /// The tag and its place on the workspace's images and regions; iterations keep theirs.
    void remove(std::string_view id);

private:
    database& database_;
};

} // namespace sandbox::service
