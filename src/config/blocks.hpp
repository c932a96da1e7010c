#pragma once

#include <map>
#include <string>
#include <vector>

#include "retraind/config/configuration.hpp"
#include "table.hpp"

namespace retraind::config {

/// A watched folder with where in the file it stands, for the checks that compare folders.
struct place {
    std::string key;
    std::string path;
    int line = 0;
    int column = 0;
    enum class use { watched, destination, state } what = use::watched;
};

/// What the file says, before defaults that depend on other keys are filled in.
struct draft {
    configuration result;
    std::optional<double> requests_per_second;
    std::vector<place> places;
    /// Where `metadata` stands: whether it may depends on a key elsewhere.
    struct key_place {
        std::string key;
        int line = 0;
        int column = 0;
    };
    std::vector<key_place> metadata;
};

/// Each block's rows; the documentation and the parser are made from the same ones.
[[nodiscard]] const table<draft>& root_table();
[[nodiscard]] const table<draft>& service_table();
[[nodiscard]] const table<create_block>& create_table();
[[nodiscard]] const table<batch::options>& batch_table();
[[nodiscard]] const table<retrain::options>& retrain_table();
[[nodiscard]] const table<retrain::publish_options>& publish_table();
[[nodiscard]] const table<report::admin_options>& admin_table();

/// What `projects` and `watch` take.
[[nodiscard]] shape projects_shape();
[[nodiscard]] shape watch_shape();
[[nodiscard]] shape metadata_shape();

void read_watch(reader& in, const YAML::Node& node, draft& whole, watch_block& block);
void read_project(reader& in, const YAML::Node& node, draft& whole, project_block& block);

void take_metadata(reader& in, const YAML::Node& node, draft& whole,
                   std::map<std::string, std::string>& target);
/// That the service's version has metadata where a folder has.
void check_metadata(reader& in, const draft& whole);

/// That what other machines reach asks for a token, and that the socket's path is short enough.
void check_admin(reader& in, const YAML::Node& block, const report::admin_options& admin);

/// Remembers where in the file a path stands.
void note_place(reader& in, const YAML::Node& node, const std::string& path, place::use what,
                draft& whole);

/// Paths that lie in one another where they must not (a `done` folder inside a watched one).
void check_places(reader& in, const std::vector<place>& places);

} // namespace retraind::config
