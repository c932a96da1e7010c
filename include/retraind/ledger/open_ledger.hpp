#pragma once

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"
#include "retraind/ledger/ledger.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::ledger {

/// What a person must hear about opening.
struct open_report {
    bool created = false;                 ///< there was no ledger, or a damaged one was set aside
    std::optional<std::string> set_aside; ///< where the damaged one lies now
    std::string damage;                   ///< what was wrong with it, in SQLite's words
};

struct opened_ledger {
    std::unique_ptr<ledger> memory;
    open_report report;
};

/// Opens `state_dir`/ledger.db with its own thread, or makes both; `state_dir` is made with mode
/// 0700, the files have 0600. A damaged database is set aside as `ledger.db.damaged-TIME` and a new
/// one begun. Errors: `refused` while another process has the folder or where a newer version wrote
/// the ledger; database, full, denied, io. Awaited on the loop; destroying the ledger there waits
/// for the call that is running.
[[nodiscard]] task<result<opened_ledger>> open_ledger(boost::asio::any_io_executor loop,
                                                      std::string state_dir, const clock& time);

} // namespace retraind::ledger
