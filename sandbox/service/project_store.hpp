#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/database.hpp"
#include "sandbox/service/entities.hpp"

namespace sandbox::service {

/// The table of projects, and the settings that go with none.
class project_store {
public:
    explicit project_store(database& on) : database_(on) {}

    [[nodiscard]] std::vector<project> all() const;
    [[nodiscard]] std::optional<project> find(std::string_view id) const;
    /// Whether a project other than `except` has that name.
    [[nodiscard]] bool is_name_taken(std::string_view name, std::string_view except = {}) const;
    [[nodiscard]] std::size_t count() const;

    void insert(const project& added);
    /// Name, description, settings and last_modified.
    void update(const project& changed);
    /// With everything that belongs to it.
    void remove(std::string_view id);
    /// Notes that a training would see something new.
    void mark_changed(std::string_view id);
    /// Hands out the next iteration number and begins a new workspace at `moment`.
    void begin_workspace(std::string_view id, ticks moment);

    [[nodiscard]] std::optional<std::string> setting(std::string_view name) const;
    void set(std::string_view name, std::string_view bytes);

private:
    database& database_;
};

} // namespace sandbox::service
