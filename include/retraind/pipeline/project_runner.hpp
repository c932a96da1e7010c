#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/status.hpp"
#include "retraind/config/configuration.hpp"
#include "retraind/pipeline/intake_loop.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/retrain_loop.hpp"
#include "retraind/pipeline/retry_rules.hpp"
#include "retraind/pipeline/settler.hpp"
#include "retraind/pipeline/upload_loop.hpp"
#include "retraind/pipeline/url_list_loop.hpp"
#include "retraind/runtime/task_group.hpp"

namespace retraind::pipeline {

/// One project from its configuration to its last file: finds it on the service, then runs its
/// loops until stopping is requested. Loop only.
class project_runner {
public:
    project_runner(shared& common, service_contact& contact, config::project_block options,
                   const config::service_block& service);
    ~project_runner();

    /// `retraind urls`: nothing is watched or trained, only this list is sent. Before `run`.
    void send_only(std::string list) { only_list_ = std::move(list); }

    /// Ends when stopping is requested and nothing of this project is under way.
    [[nodiscard]] task<void> run();

    /// Goes over its folders, and tries a refused publish again.
    void scan_now();
    /// Puts rejected and held files of one watched folder back in line; how many rejected ones.
    [[nodiscard]] task<result<std::size_t>> retry(retry_target which);
    /// What is held is met anew.
    void look_again();
    /// After a change of its configuration: pictures that were rejected and stand there still are
    /// judged anew. Before `run`.
    void meet_rejected_anew() { rejected_anew_ = true; }
    /// The same while it runs, and what is held is met anew; what is under way goes on.
    [[nodiscard]] task<void> look_again_at_all();
    /// Nothing until the service has named it.
    [[nodiscard]] std::optional<project_id> id() const;
    [[nodiscard]] project_status status() const;

    /// `--once`: whether everything its first full pass found has its outcome or its reason to
    /// wait, and no training is under way.
    [[nodiscard]] bool finished() const;
    /// `--once`: why there will be no end; nothing while there may be one.
    [[nodiscard]] std::optional<std::string> gave_up() const;
    /// `--once`: whether it has not been ready for ten minutes; asked again and again.
    [[nodiscard]] bool stuck(mono_time now);
    /// Why the newest training or publish did not end well.
    [[nodiscard]] std::optional<std::string> training_failure() const;
    /// Files of this run by their end, and those that have none.
    [[nodiscard]] const outcome_totals& session() const;
    [[nodiscard]] std::size_t held() const;
    [[nodiscard]] std::size_t waiting() const;
    /// Folders that the last passes could not look into: what lies there has no end either.
    [[nodiscard]] std::size_t unreadable_folders() const;

private:
    struct running; ///< what exists once the project is known

    [[nodiscard]] task<std::optional<customvision::project>> find_project();
    [[nodiscard]] task<bool> prepare(customvision::project found);
    [[nodiscard]] task<bool> remember_known_files();
    [[nodiscard]] task<result<void>> remember_known_files(folder_port& folder);
    using remembered_visitor = std::function<void(const ledger::remembered_file&)>;
    /// What the ledger remembers of a folder, in parts: the loop turns between them.
    [[nodiscard]] task<result<void>> go_through_remembered(folder_port& folder,
                                                           remembered_visitor visit);
    [[nodiscard]] task<void> release_rejected(folder_port& folder);
    [[nodiscard]] task<void> refresh_tags();
    void spawn_watching(runtime::task_group& loops);
    [[nodiscard]] bool all_scanned() const;
    [[nodiscard]] bool patience_is_over() const;
    [[nodiscard]] bool waits_for_service() const;
    [[nodiscard]] bool rests_while_waiting() const;
    [[nodiscard]] std::size_t unsettled() const;
    /// What keeps its folders from being worked on; nothing while they can be.
    [[nodiscard]] std::optional<std::string> trouble() const;

    shared& common_;
    service_contact& contact_;
    config::project_block options_;
    const config::service_block& service_;
    readiness health_;
    runtime::workers files_;
    std::optional<std::string> only_list_;
    bool sending_ = false; ///< that list is in line
    bool rejected_anew_ = false;
    std::optional<std::string> gave_up_;
    std::optional<mono_time> not_ready_since_;
    std::unique_ptr<running> running_;
};

} // namespace retraind::pipeline
