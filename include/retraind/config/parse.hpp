#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "retraind/config/configuration.hpp"

namespace retraind::config {

/// One thing that is wrong: `file:line:column: projects[0].watch[0].settle: "2sec" is not …`.
struct diagnostic {
    std::string file;
    int line = 0;    ///< from 1; 0 where no place is known
    int column = 0;  ///< from 1
    std::string key; ///< the path of the key; empty for the file as a whole
    std::string sentence;
};

[[nodiscard]] std::string to_string(const diagnostic& wrong);

/// Reads a variable of the environment; nothing where it is not set. Decides the defaults that
/// depend on systemd's directories.
using environment = std::function<std::optional<std::string>(std::string_view name)>;

/// The configuration that `yaml` means, or everything that is wrong with it, in the file's order.
/// Judges values only and never looks at the disk. `file` is named in diagnostics; relative paths
/// are below the folder it lies in, which is `folder` (absolute).
[[nodiscard]] tl::expected<configuration, std::vector<diagnostic>>
parse(std::string_view yaml, std::string_view file, std::string_view folder,
      const environment& variables);

/// The admin socket that `yaml` means, whatever else is wrong with it: where that cannot be told,
/// the default. A daemon refuses a wrong file and works on with the one before, and is asked there.
[[nodiscard]] std::string socket_in(std::string_view yaml, std::string_view folder,
                                    const environment& variables);

/// Reads `file` and parses it; one that cannot be read is a diagnostic as well.
[[nodiscard]] tl::expected<configuration, std::vector<diagnostic>>
load(const std::string& file, const environment& variables);

/// `socket_in` of what is in `file`; of an empty text where it cannot be read.
[[nodiscard]] std::string load_socket(const std::string& file, const environment& variables);

} // namespace retraind::config
