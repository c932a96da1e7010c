#include "retraind/pipeline/mount_guard.hpp"

#include <utility>

#include "retraind/pipeline/mount_rules.hpp"

namespace retraind::pipeline {

mount_guard::mount_guard(project_state& project, std::size_t at, finder find)
    : project_(project), at_(at), find_(std::move(find)) {}

task<result<void>> mount_guard::look() {
    // What changes from here on makes this look stale.
    static_cast<void>(changes_.any());
    auto find = [this] {
        return find_(port().options().watch.path);
    };
    const std::string& folder = port().options().watch.path;
    const result<watch::mount> found = co_await project_.files.run_in(folder, find);
    if (!found) {
        there_ = false;
        co_return tl::unexpected(found.error());
    }
    ledger::mount_record now{found->source, found->type};
    result<void> right = co_await compare(std::move(now));
    if (!right) {
        there_ = false;
        co_return right;
    }
    if (!std::exchange(there_, true)) {
        co_await give_back_leftovers();
    }
    co_return right;
}

task<result<void>> mount_guard::compare(ledger::mount_record found) {
    const std::string& folder = port().options().watch.path;
    const project_id id = project_.identity.id;
    if (!remembered_) {
        result<std::optional<ledger::mount_record>> known =
            co_await project_.common.memory.mount_of(id, folder);
        if (!known) {
            co_return tl::unexpected(known.error());
        }
        remembered_ = std::move(*known);
    }
    const mount_verdict verdict = judge_mount(remembered_, found);
    if (verdict == mount_verdict::replaced) {
        co_return fail(errc::refused, replaced_sentence(folder, *remembered_, found));
    }
    if (verdict == mount_verdict::first) {
        const wall_time at = project_.common.time.wall();
        result<void> accepted = co_await project_.common.memory.accept_mount(id, folder, found, at);
        if (!accepted) {
            co_return accepted;
        }
        remembered_ = std::move(found);
    }
    co_return result<void>();
}

task<void> mount_guard::give_back_leftovers() {
    const folder_port& folder = port();
    auto search = [&folder] {
        return folder.give_back_leftovers();
    };
    const std::string& path = folder.options().watch.path;
    const disposal::leftovers found = co_await project_.files.run_in(path, search);
    for (const std::string& name : found.given_back) {
        project_.emit(event_name::file_found, severity::info,
                      "a file that a crash left under a reserved name has its own again",
                      {{"path", folder.absolute(name)}});
    }
    for (const error& problem : found.problems) {
        project_.emit(event_name::disposal_failed, severity::warning, problem.message);
    }
}

} // namespace retraind::pipeline
