#pragma once

#include <memory>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>

#include "retraind/ledger/open_ledger.hpp"
#include "samples.hpp"
#include "support/run_task.hpp"

namespace retraind::testing {

inline result<ledger::opened_ledger> open_at(boost::asio::io_context& loop,
                                             const std::string& folder) {
    return run_task(loop, ledger::open_ledger(loop.get_executor(), folder, system_clock()));
}

/// The SQLite ledger in a folder of its own, for the conformance suite and beside it.
class sqlite_backend {
public:
    sqlite_backend() { reopen(); }

    void reopen() {
        opened_.memory.reset();
        result<ledger::opened_ledger> opened = open_at(loop_, state());
        BOOST_TEST_REQUIRE(opened.has_value(), (opened ? "" : opened.error().message));
        opened_ = std::move(*opened);
    }
    [[nodiscard]] boost::asio::io_context& loop() { return loop_; }
    [[nodiscard]] ledger::ledger& memory() { return *opened_.memory; }
    [[nodiscard]] std::string state() const { return folder_ / "state"; }
    [[nodiscard]] std::string database() const { return folder_ / "state/ledger.db"; }

private:
    temporary_folder folder_;
    boost::asio::io_context loop_{1};
    ledger::opened_ledger opened_;
};

} // namespace retraind::testing
