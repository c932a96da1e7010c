#include "ledger/sqlite_ledger.hpp"

namespace retraind::ledger {

// The calls are no coroutines themselves: what they hand over lives in the frame of `run`.

task<result<recorded_batch>> sqlite_ledger::record(project_id project, batch_record batch) {
    return thread_->run([this, project, batch = std::move(batch)] {
        return store_->atomically([&] { return store_->outcomes().record(project, batch); });
    });
}

task<result<std::vector<content_record>>>
sqlite_ledger::find_contents(project_id project, std::vector<sha256> digests) {
    return thread_->run([this, project, digests = std::move(digests)] {
        return store_->outcomes().find_contents(project, digests);
    });
}

task<result<std::vector<std::uint64_t>>>
sqlite_ledger::known_sizes(project_id project, std::vector<std::uint64_t> sizes) {
    return thread_->run([this, project, sizes = std::move(sizes)] {
        return store_->outcomes().known_sizes(project, sizes);
    });
}

task<result<remembered_part>> sqlite_ledger::remembered_files(project_id project,
                                                              std::string folder, std::string after,
                                                              std::size_t most) {
    return thread_->run(
        [this, project, folder = std::move(folder), after = std::move(after), most] {
            return store_->outcomes().remembered_files(project, folder, after, most);
        });
}

task<result<void>> sqlite_ledger::forget_files(project_id project,
                                               std::vector<file_fingerprint> prints) {
    return thread_->run([this, project, prints = std::move(prints)] {
        return store_->atomically([&] { return store_->outcomes().forget_files(project, prints); });
    });
}

task<result<retried_files>> sqlite_ledger::retry(retry_order order) {
    return thread_->run([this, order = std::move(order)] {
        return store_->atomically([&] { return store_->folders().retry(order); });
    });
}

task<result<std::optional<mount_record>>> sqlite_ledger::mount_of(project_id project,
                                                                  std::string folder) {
    return thread_->run([this, project, folder = std::move(folder)] {
        return store_->folders().mount_of(project, folder);
    });
}

task<result<void>> sqlite_ledger::accept_mount(project_id project, std::string folder,
                                               mount_record on, wall_time at) {
    return thread_->run([this, project, folder = std::move(folder), on = std::move(on), at] {
        return store_->atomically(
            [&] { return store_->folders().accept_mount(project, folder, on, at); });
    });
}

task<result<totals>> sqlite_ledger::count(project_id project) {
    return thread_->run([this, project] { return store_->outcomes().count(project); });
}

task<result<void>> sqlite_ledger::record_urls(project_id project, url_record batch) {
    return thread_->run([this, project, batch = std::move(batch)] {
        return store_->atomically([&] { return store_->urls().record(project, batch); });
    });
}

task<result<std::vector<url_outcome>>> sqlite_ledger::find_urls(project_id project,
                                                                std::vector<std::string> urls) {
    return thread_->run(
        [this, project, urls = std::move(urls)] { return store_->urls().find(project, urls); });
}

task<result<void>> sqlite_ledger::finish_list(project_id project, finished_list list) {
    return thread_->run([this, project, list = std::move(list)] {
        return store_->atomically([&] { return store_->urls().finish(project, list); });
    });
}

task<result<training_facts>> sqlite_ledger::training(project_id project) {
    return thread_->run([this, project] { return store_->trainings().facts(project); });
}

task<result<std::int64_t>>
sqlite_ledger::intend_training(project_id project, std::vector<iteration_id> known, wall_time at) {
    return thread_->run([this, project, known = std::move(known), at] {
        return store_->atomically([&] { return store_->trainings().intend(project, known, at); });
    });
}

task<result<void>> sqlite_ledger::update_training(project_id project, training_record changed) {
    return thread_->run([this, project, changed = std::move(changed)] {
        return store_->atomically([&] { return store_->trainings().update(project, changed); });
    });
}

task<result<std::vector<training_use>>> sqlite_ledger::training_uses(project_id project,
                                                                     wall_time since) {
    return thread_->run(
        [this, project, since] { return store_->trainings().uses(project, since); });
}

} // namespace retraind::ledger
