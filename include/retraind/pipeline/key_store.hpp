#pragma once

#include <optional>
#include <string>

#include "retraind/base/error.hpp"
#include "retraind/base/secret.hpp"
#include "retraind/config/configuration.hpp"

namespace retraind::pipeline {

/// The training key, read from where the configuration says. `read` blocks; `current` is for the
/// loop, between whose turns `take` puts what was read.
class key_store {
public:
    explicit key_store(config::key_location where) : where_(std::move(where)) {}

    /// Reads the key anew. A file that everyone may read is refused, unless it lies in systemd's
    /// credentials directory or under /run/secrets. The error never holds the key. Blocks.
    [[nodiscard]] result<secret> read() const;

    void take(secret fresh) { current_ = std::move(fresh); }
    [[nodiscard]] const secret& current() const noexcept { return current_; }

private:
    config::key_location where_;
    secret current_;
};

} // namespace retraind::pipeline
