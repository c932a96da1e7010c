#include "retraind/ledger/open_ledger.hpp"

#include <utility>

#include "ledger/sqlite_ledger.hpp"

namespace retraind::ledger {

task<result<opened_ledger>> open_ledger(boost::asio::any_io_executor loop, std::string state_dir,
                                        const clock& time) {
    auto thread = std::make_unique<runtime::workers>(std::move(loop), 1);
    auto open = [state_dir = std::move(state_dir), now = time.wall()] {
        return store::open(state_dir, now);
    };
    result<opened_store> done = co_await thread->run(std::move(open));
    if (!done) {
        co_return tl::unexpected(std::move(done.error()));
    }
    opened_ledger ready;
    ready.memory = std::make_unique<sqlite_ledger>(std::move(thread), std::move(done->opened));
    ready.report = std::move(done->report);
    co_return ready;
}

} // namespace retraind::ledger
