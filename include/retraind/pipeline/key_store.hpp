#pragma once

#include <optional>
#include <string>

#include "retraind/base/error.hpp"
#include "retraind/base/secret.hpp"
#include "retraind/config/configuration.hpp"
#include "retraind/pipeline/key_tracker.hpp"

namespace retraind::pipeline {

/// The training key, read from where the configuration says. `read` blocks; `current` is for the
/// loop, between whose turns `take` puts what was read.
class key_store {
public:
    explicit key_store(config::key_location where) : where_(std::move(where)) {}

    /// Reads the key anew. A file that everyone may read is refused, unless it lies in systemd's
    /// credentials directory or under /run/secrets. The error never holds the key. Blocks.
    [[nodiscard]] result<secret> read() const;

    /// What tells the file's content from the next one; nothing where there is no file, or none
    /// that may be looked at. Blocks.
    [[nodiscard]] std::optional<key_stamp> stamp() const;
    /// Whether the key lies in a file; a variable of the environment stays what it is.
    [[nodiscard]] bool can_change() const noexcept { return where_.environment.empty(); }
    /// Where it lies, for people.
    [[nodiscard]] std::string place() const;

    void take(secret fresh) { current_ = std::move(fresh); }
    [[nodiscard]] const secret& current() const noexcept { return current_; }

private:
    config::key_location where_;
    secret current_;
};

} // namespace retraind::pipeline
