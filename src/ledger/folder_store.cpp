#include "ledger/folder_store.hpp"

#include "ledger/column_codec.hpp"

namespace retraind::ledger {

result<std::optional<mount_record>> folder_store::mount_of(const project_id& project,
                                                           const std::string& folder) {
    const result<std::int64_t> key = projects_.find(project).and_then(
        [&](std::int64_t owner) { return projects_.find_folder(owner, folder); });
    if (!key) {
        return tl::unexpected(key.error());
    }
    std::optional<mount_record> found;
    const auto take = [&found](const sqlite::row& row) {
        found = mount_record{row.text(0), row.text(1)};
    };
    return find_mount_.each(take, *key).map([&found] { return std::move(found); });
}

result<void> folder_store::accept_mount(const project_id& project, const std::string& folder,
                                        const mount_record& on, wall_time at) {
    const result<std::int64_t> key =
        projects_.find_or_add(project, at).and_then([&](std::int64_t owner) {
            return projects_.find_or_add_folder(owner, folder);
        });
    if (!key) {
        return tl::unexpected(key.error());
    }
    return put_mount_.run(*key, sqlite::blob(on.source), on.type, column::from_time(at));
}

result<retried_files> folder_store::retry(const retry_order& order) {
    std::optional<std::int64_t> project;
    if (order.project) {
        const result<std::int64_t> key = projects_.find(*order.project);
        if (!key) {
            return tl::unexpected(key.error());
        }
        project = *key;
    }
    const std::string first = order.below + "/";
    const std::string behind = order.below + "0"; // the letter after the slash
    const sqlite::blob folder(order.folder);
    const sqlite::blob below(order.below);
    const sqlite::blob from(first);
    const sqlite::blob to(behind);
    const std::int64_t at = column::from_time(order.at);
    retried_files done;
    const auto take = [&done](const sqlite::row& row) {
        if (const auto print = column::to_print(row.bytes(0))) {
            done.prints.push_back(*print);
        }
    };
    result<void> so_far =
        list_rejected_.each(take, folder, below, from, to, project)
            .and_then([&] { return note_retry_.run(folder, below, from, to, project, at); })
            .and_then([&] { return drop_rejections_.run(folder, below, from, to, project); })
            .and_then([&] { return take_off_totals_.run(folder, below, from, to, project); })
            .and_then([&] { return drop_files_.run(folder, below, from, to, project); });
    if (so_far && order.accept_mount) {
        so_far = drop_mount_.run(folder, project);
    }
    return so_far.map([&done] { return std::move(done); });
}

} // namespace retraind::ledger
