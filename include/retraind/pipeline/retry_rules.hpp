#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/config/configuration.hpp"

namespace retraind::pipeline {

/// What goes back in line: the rejected and held files of a part of a watched folder.
struct retry_target {
    std::size_t project = 0; ///< which of the configuration's
    std::size_t folder = 0;  ///< which of its watched folders
    std::string below;       ///< a file or folder below that; empty for all of it
    /// The watched folder was named itself: what is mounted there now is the right one.
    bool accept_mount = false;

    bool operator==(const retry_target&) const = default;
};

/// What an absolute, normal path stands for; several where projects share a folder. Nothing (no
/// path): every watched folder, whose mounts stay as they are. Error: `invalid`, with the mend.
/// Pure.
[[nodiscard]] result<std::vector<retry_target>>
resolve_retry(const config::configuration& wanted, const std::optional<std::string>& path);

/// The target of `POST /retry` for a path, its raw bytes percent-encoded; without one for all.
[[nodiscard]] std::string encode_retry(const std::optional<std::string>& path);

/// Whether a request's target is one of those, and of which path. Error: `invalid` for one that is
/// spelled in no such way.
struct retry_request {
    std::optional<std::string> path;
};
[[nodiscard]] result<retry_request> decode_retry(std::string_view target);
[[nodiscard]] bool is_retry(std::string_view target);

/// "3 rejected files are back in line".
[[nodiscard]] std::string retried_sentence(std::size_t rejected);

} // namespace retraind::pipeline
