#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retraind/watch/options.hpp"

namespace retraind::watch {

/// Whether a file of that name is a list of addresses: `*.urls` or `*.csv`, but never the results
/// of one, `*.result.csv`. Case is ignored.
[[nodiscard]] bool is_url_list(std::string_view name);

/// Which names of a watched tree are looked at. Exclusion wins; the daemon's own names never count.
/// Lists of addresses are looked at whatever the patterns of pictures are.
class name_rules {
public:
    name_rules() = default; ///< looks at nothing
    explicit name_rules(const options& settings)
        : include_(settings.include), exclude_(settings.exclude) {}

    [[nodiscard]] bool enters_folder(const char* name) const;
    [[nodiscard]] bool takes_file(const char* name) const;
    /// The same for a path below the watched folder: every folder on the way must be entered.
    [[nodiscard]] bool takes_path(const std::string& path) const;
    [[nodiscard]] bool enters_path(const std::string& path) const;

private:
    [[nodiscard]] bool excluded(const char* name) const;

    std::vector<std::string> include_;
    std::vector<std::string> exclude_;
};

} // namespace retraind::watch
