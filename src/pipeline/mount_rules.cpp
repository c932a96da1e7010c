#include "retraind/pipeline/mount_rules.hpp"

#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {

mount_verdict judge_mount(const std::optional<ledger::mount_record>& remembered,
                          const ledger::mount_record& found) {
    if (!remembered) {
        return mount_verdict::first;
    }
    return *remembered == found ? mount_verdict::same : mount_verdict::replaced;
}

std::string replaced_sentence(const std::string& folder, const ledger::mount_record& remembered,
                              const ledger::mount_record& found) {
    const std::string path = printable(folder);
    return fmt::format(
        "{} lies on {} ({}) now, and lay on {} ({}) before, so nothing is taken from "
        "there; mount that again, or if this is the new place, run: "
        "retraind retry {}",
        path, printable(found.source), printable(found.type), printable(remembered.source),
        printable(remembered.type), path);
}

} // namespace retraind::pipeline
