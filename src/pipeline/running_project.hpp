#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "retraind/pipeline/capacity_loop.hpp"
#include "retraind/pipeline/folder_access_loop.hpp"
#include "retraind/pipeline/mount_guard.hpp"
#include "retraind/pipeline/project_runner.hpp"
#include "retraind/pipeline/tagging_loop.hpp"

namespace retraind::pipeline {

/// Hands a watcher's finds to the project's intake, as far as slots are free.
class slot_taker final : public watch::file_taker {
public:
    slot_taker(project_state& state, intake_loop& intake, url_list_loop& lists, std::size_t folder)
        : state_(state), intake_(intake), lists_(lists), folder_(folder) {}

    std::size_t room() override { return state_.slots.room(); }
    void take(watch::found_file file) override {
        if (watch::is_url_list(file.path)) {
            lists_.arrive(folder_, std::move(file));
        } else {
            intake_.arrive(folder_, std::move(file));
        }
    }

private:
    project_state& state_;
    intake_loop& intake_;
    url_list_loop& lists_;
    std::size_t folder_;
};

/// What exists of a project once the service has named it. Declared in the order of its needs.
struct project_runner::running {
    running(shared& common, service_contact& contact, readiness& health,
            const config::project_block& options, const config::service_block& service,
            runtime::workers& files, customvision::project found);

    void fill(project_status& now) const;
    /// Uploads may go on; what was held for want of room is met anew.
    void reopen();

    const config::service_block& service;
    tag_directory tags;
    project_state state;
    settler ends;
    tagging_loop tagging;
    upload_loop uploads;
    intake_loop intake;
    capacity_loop capacity;
    folder_access_loop access;
    url_list_loop lists;
    std::vector<std::unique_ptr<slot_taker>> takers;
    std::vector<std::unique_ptr<mount_guard>> guards;
    std::vector<std::unique_ptr<watch::watch_loop>> watchers;
    std::optional<retrain_loop> retraining;
    std::optional<mono_time> scanned_at; ///< when every first pass was seen to be done
};

} // namespace retraind::pipeline
