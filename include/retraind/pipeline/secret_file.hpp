#pragma once

#include <string>
#include <string_view>

#include "retraind/base/error.hpp"
#include "retraind/base/secret.hpp"

namespace retraind::pipeline {

/// What messages call a secret and the file that it lies in.
struct secret_words {
    std::string_view file;  ///< "the key file"
    std::string_view brief; ///< "key"
    std::string_view full;  ///< "training key"
};

/// Reads a file that holds a secret on one line and nothing else. One that everyone may read is
/// refused, unless it lies in systemd's credentials directory or under /run/secrets. The error
/// never holds the secret. Blocks.
[[nodiscard]] result<secret> read_secret_file(const std::string& path, const secret_words& words);

/// The secret that `text` is; `where` names its place in the error.
[[nodiscard]] result<secret> as_secret(std::string_view text, const std::string& where,
                                       const secret_words& words);

} // namespace retraind::pipeline
