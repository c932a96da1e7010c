#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/event.hpp"

namespace retraind::report {

/// An event as an entry of the journal (systemd.journal-fields(7)): MESSAGE (the sentence, with the
/// fields behind it, as the text log has them), PRIORITY, SYSLOG_IDENTIFIER, RETRAIND_EVENT,
/// RETRAIND_PROJECT where it has one, and RETRAIND_NAME for each of its fields. Each is
/// `NAME=value`; values are escaped as in the text log.
[[nodiscard]] std::vector<std::string> journal_fields(const event& happened);

/// Whether $JOURNAL_STREAM, `device:inode` in decimal, names the file with these numbers.
[[nodiscard]] bool names_stream(std::string_view variable, std::uint64_t device,
                                std::uint64_t inode);

} // namespace retraind::report
