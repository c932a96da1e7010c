#pragma once

#include <memory>
#include <utility>

#include "ledger/store.hpp"
#include "retraind/ledger/ledger.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::ledger {

/// The ledger in one SQLite file, on a thread of its own: the only one that touches SQLite.
class sqlite_ledger final : public ledger {
public:
    sqlite_ledger(std::unique_ptr<runtime::workers> thread, std::unique_ptr<store> opened)
        : store_(std::move(opened)), thread_(std::move(thread)) {}

    task<result<recorded_batch>> record(project_id project, batch_record batch) override;
    task<result<std::vector<content_record>>> find_contents(project_id project,
                                                            std::vector<sha256> digests) override;
    task<result<std::vector<std::uint64_t>>> known_sizes(project_id project,
                                                         std::vector<std::uint64_t> sizes) override;
    task<result<remembered_part>> remembered_files(project_id project, std::string folder,
                                                   std::string after, std::size_t most) override;
    task<result<void>> forget_files(project_id project,
                                    std::vector<file_fingerprint> prints) override;
    task<result<retried_files>> retry(retry_order order) override;
    task<result<std::optional<mount_record>>> mount_of(project_id project,
                                                       std::string folder) override;
    task<result<void>> accept_mount(project_id project, std::string folder, mount_record on,
                                    wall_time at) override;
    task<result<totals>> count(project_id project) override;
    task<result<void>> record_urls(project_id project, url_record batch) override;
    task<result<std::vector<url_outcome>>> find_urls(project_id project,
                                                     std::vector<std::string> urls) override;
    task<result<void>> finish_list(project_id project, finished_list list) override;
    task<result<training_facts>> training(project_id project) override;
    task<result<std::int64_t>> intend_training(project_id project, std::vector<iteration_id> known,
                                               wall_time at) override;
    task<result<void>> update_training(project_id project, training_record changed) override;
    [[nodiscard]] task<result<std::vector<training_use>>> training_uses(project_id project,
                                                                        wall_time since) override;

private:
    std::unique_ptr<store> store_;
    std::unique_ptr<runtime::workers> thread_; ///< last: joined before the store goes
};

} // namespace retraind::ledger
