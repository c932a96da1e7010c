#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::ledger {

/// A look into the ledger from beside the daemon: changes nothing, needs no lock, and works while
/// the daemon runs. Every call blocks.
class peek {
public:
    /// Nothing where there is no ledger yet.
    [[nodiscard]] static result<std::optional<peek>> open(const std::string& state_dir);

    ~peek();
    peek(peek&&) noexcept;
    peek& operator=(peek&&) noexcept;

    /// The files below a watched folder that have an outcome.
    [[nodiscard]] result<std::vector<file_fingerprint>> remembered(const std::string& folder);
    /// What is known of a content, in the project that watches `folder`.
    [[nodiscard]] result<std::optional<content_record>> find_content(const std::string& folder,
                                                                     const sha256& digest);

    /// What a watched folder lay on, in each project that has it. None in a ledger that is too old
    /// to know.
    [[nodiscard]] result<std::vector<mount_record>> mounts_of(const std::string& folder);

private:
    struct statements;
    explicit peek(std::unique_ptr<statements> opened);
    std::unique_ptr<statements> statements_;
};

} // namespace retraind::ledger
