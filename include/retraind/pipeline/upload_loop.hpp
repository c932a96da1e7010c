#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "retraind/batch/batch_planner.hpp"
#include "retraind/batch/byte_budget_policy.hpp"
#include "retraind/customvision/image_status_rules.hpp"
#include "retraind/pipeline/picture_stream.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/service_recovery.hpp"
#include "retraind/pipeline/settler.hpp"
#include "retraind/pipeline/tagging_loop.hpp"
#include "retraind/runtime/notifier.hpp"

namespace retraind::pipeline {

/// Sends what is planned, a batch a request, and sorts the answers. Loop only.
class upload_loop {
public:
    upload_loop(project_state& project, settler& ends, tagging_loop& tagging,
                std::size_t requests_in_flight);

    /// A journey with its tags resolved. What has more of them than a batch may have gets the rest
    /// once its image is there.
    void add(journey& each);

    /// Ends when stopping is requested and no request is under way.
    [[nodiscard]] task<void> run();

    /// What stopped it may be over.
    void wake() { wakeup_.notify(); }

    [[nodiscard]] bool idle() const noexcept { return planner_.size() == 0 && under_way_ == 0; }
    [[nodiscard]] bool none_under_way() const noexcept { return under_way_ == 0; }
    /// What is planned is not sent, because the project takes no pictures now.
    [[nodiscard]] bool stopped() const {
        return project_.capacity.closed() && under_way_ == 0 && planner_.size() > 0;
    }

private:
    struct sending; ///< a batch on the wire

    void start(std::vector<batch::item> items);
    [[nodiscard]] bool may_start() const;
    [[nodiscard]] std::vector<batch::item> within_quota(std::vector<batch::item> items);
    [[nodiscard]] task<void> look_at_tags(sending& batch);
    [[nodiscard]] task<bool> find_tags_anew(sending& batch);
    void return_to_intake(journey& each, const std::string& why);
    [[nodiscard]] bool add_rest(const journey& each, const image_id& image);
    [[nodiscard]] bool take_special(sending& batch, std::size_t at,
                                    const customvision::image_result* found,
                                    const customvision::image_ruling& ruling);
    [[nodiscard]] task<void> carry(std::vector<batch::item> items);
    [[nodiscard]] task<bool> send(sending& batch);
    [[nodiscard]] task<void> bisect(std::vector<batch::item> items, customvision::failure why);
    [[nodiscard]] sending prepare(const std::vector<batch::item>& items);
    [[nodiscard]] task<void> take_results(sending& batch);
    void take_result(sending& batch, std::size_t at, const customvision::image_result* found,
                     settled_batch& ended);
    void drop_changed(sending& batch);
    void hold_if_too_large(sending& batch);
    static void take_sizes(sending& batch);
    void put_back(std::vector<batch::item> items);
    [[nodiscard]] task<void> recover(customvision::failure why);
    [[nodiscard]] std::vector<batch::item> still_planned(const sending& batch);

    project_state& project_;
    settler& ends_;
    tagging_loop& tagging_;
    std::size_t most_under_way_;
    std::size_t most_tags_; ///< of a request
    batch::batch_planner planner_;
    batch::byte_budget_policy budget_;
    service_recovery recovery_;
    runtime::notifier wakeup_;
    std::size_t under_way_ = 0;
};

} // namespace retraind::pipeline
