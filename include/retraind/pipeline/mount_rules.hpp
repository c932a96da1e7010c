#pragma once

#include <optional>
#include <string>

#include "retraind/ledger/types.hpp"

namespace retraind::pipeline {

/// Whether a watched folder lies on the mount that it lay on before (design: A share that went
/// away). Pure.
enum class mount_verdict {
    first,    ///< none is remembered
    same,     ///< source and type are as they were
    replaced, ///< something else lies there
};

[[nodiscard]] mount_verdict judge_mount(const std::optional<ledger::mount_record>& remembered,
                                        const ledger::mount_record& found);

/// What is wrong with a replaced one, for people, with both mounts and the mend.
[[nodiscard]] std::string replaced_sentence(const std::string& folder,
                                            const ledger::mount_record& remembered,
                                            const ledger::mount_record& found);

} // namespace retraind::pipeline
