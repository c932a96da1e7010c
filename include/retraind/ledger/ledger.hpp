#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/ledger/types.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::ledger {

/// The memory: an outcome per content and project, durable when a call returns. `project` is the
/// service's id. Everything of one call is one transaction. Loop only; a failed call changed
/// nothing. Errors: database, full.
class ledger {
public:
    virtual ~ledger() = default;

    /// Records a batch's outcomes with their history. When it returns, the sources may go.
    [[nodiscard]] virtual task<result<recorded_batch>> record(project_id project,
                                                              batch_record batch) = 0;

    /// The contents among `digests` that have an outcome that says the project has them or must not
    /// get them again (confirmed, duplicate, held_out, removed).
    [[nodiscard]] virtual task<result<std::vector<content_record>>>
    find_contents(project_id project, std::vector<sha256> digests) = 0;

    /// The sizes among `sizes` that some content of the project has: only those need their hash
    /// before sending.
    [[nodiscard]] virtual task<result<std::vector<std::uint64_t>>>
    known_sizes(project_id project, std::vector<std::uint64_t> sizes) = 0;

    /// The files with an outcome that may still stand below `folder`, which the scanner passes
    /// over: at most `most` (one or more) of them, from behind the path `after`; "" for the first.
    [[nodiscard]] virtual task<result<remembered_part>> remembered_files(project_id project,
                                                                         std::string folder,
                                                                         std::string after,
                                                                         std::size_t most) = 0;

    /// A file that has left its folder (disposed of, or taken away): its fingerprint is let go.
    [[nodiscard]] virtual task<result<void>> forget_files(project_id project,
                                                          std::vector<file_fingerprint> prints) = 0;

    /// Lets go of the rejected files that an order means, so that they are met anew; their history
    /// says so.
    [[nodiscard]] virtual task<result<retried_files>> retry(retry_order order) = 0;

    /// What a watched folder lay on; nothing before the first `accept_mount`, and after a retry
    /// that let go of it.
    [[nodiscard]] virtual task<result<std::optional<mount_record>>>
    mount_of(project_id project, std::string folder) = 0;
    [[nodiscard]] virtual task<result<void>> accept_mount(project_id project, std::string folder,
                                                          mount_record on, wall_time at) = 0;

    /// Files and lines by their outcome since the ledger began. A rejected file that was judged
    /// anew, or is to be by `retry`, counts as what it came to last.
    [[nodiscard]] virtual task<result<totals>> count(project_id project) = 0;

    /// Records outcomes of addresses with their history. A duplicate of an address that has an
    /// outcome changes nothing of that but its labels, which are replaced.
    [[nodiscard]] virtual task<result<void>> record_urls(project_id project, url_record batch) = 0;
    /// Those among `urls` that have an outcome.
    [[nodiscard]] virtual task<result<std::vector<url_outcome>>>
    find_urls(project_id project, std::vector<std::string> urls) = 0;
    /// Counts the lines of a list that has its end and lets go which addresses were its own.
    [[nodiscard]] virtual task<result<void>> finish_list(project_id project,
                                                         finished_list list) = 0;

    [[nodiscard]] virtual task<result<training_facts>> training(project_id project) = 0;
    /// Writes the intent, before the service is asked; returns its number.
    [[nodiscard]] virtual task<result<std::int64_t>>
    intend_training(project_id project, std::vector<iteration_id> known, wall_time at) = 0;
    /// Writes what became of it, found by its `number`.
    [[nodiscard]] virtual task<result<void>> update_training(project_id project,
                                                             training_record changed) = 0;
    /// The trainings intended at `since` or later that took time, in their order.
    [[nodiscard]] virtual task<result<std::vector<training_use>>>
    training_uses(project_id project, wall_time since) = 0;
};

} // namespace retraind::ledger
