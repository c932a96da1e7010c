#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "retraind/batch/batch_planner.hpp"
#include "retraind/intake/url_list_file.hpp"
#include "retraind/pipeline/answer_rules.hpp"
#include "retraind/pipeline/service_recovery.hpp"
#include "retraind/pipeline/tag_finder.hpp"
#include "retraind/pipeline/tagging_loop.hpp"
#include "retraind/pipeline/tagging_owner.hpp"
#include "retraind/pipeline/tagging_rules.hpp"
#include "retraind/pipeline/url_line_tracker.hpp"
#include "retraind/pipeline/url_list_loop.hpp"
#include "retraind/runtime/notifier.hpp"

namespace retraind::pipeline {

/// One list on its way from its first line to its last outcome. Loop only.
class url_list_run final : public tagging_owner {
public:
    /// `counted`: what of it is in the project's totals already. `survey` outlives `run`.
    url_list_run(project_state& project, tagging_loop& tagging,
                 const url_list_loop::options& chosen,
                 const url_list_loop::confirmed_listener& confirmed, const list_place& place,
                 const intake::list_survey& survey, const outcome_totals& counted);

    /// Returns when every line has its outcome or is held, when stopping is requested, or with what
    /// keeps the file from being read.
    [[nodiscard]] task<result<void>> run();

    [[nodiscard]] const url_line_tracker& lines() const noexcept { return lines_; }
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }
    /// What it waited for may be there now.
    void wake() { wakeup_.notify(); }
    /// All that it has left waits for the project to take pictures again.
    [[nodiscard]] bool stopped() const { return waits_ && waits_for_project(); }

private:
    /// An address that is to be sent.
    struct planned {
        intake::list_picture picture;
        intake::labels own;              ///< labels, but for those of its regions alone
        std::vector<std::string> labels; ///< those of its regions too
        customvision::url_entry entry;   ///< as if one request took all of its tags
        unsigned tries = 0;
        unsigned returns = 0; ///< how often its tags were to be found anew
        /// What the project has of it: an image that lacks `missing` or perhaps boxes, and needs
        /// no second upload.
        std::optional<ledger::url_outcome> known;
        std::vector<std::string> missing;
    };
    struct put_off {
        mono_time due;
        batch::item_id id;
    };
    using pictures = std::vector<intake::list_picture>;
    using items = std::vector<batch::item>;
    /// What a request's answer left to be done.
    struct answered_batch {
        bool tags_looked_at = false; ///< the project's tags were asked for after the answer
        items again;                 ///< to be sent once more
        ledger::url_record ended;
    };

    // Reading and planning.
    [[nodiscard]] task<result<pictures>> read_on();
    void reject_line(const intake::list_row& row, std::uint32_t ordinal);
    [[nodiscard]] task<void> take(pictures found);
    [[nodiscard]] task<std::optional<std::vector<ledger::url_outcome>>> look_up(const pictures& of);
    [[nodiscard]] task<void> judge(intake::list_picture picture, const ledger::url_outcome* known);
    [[nodiscard]] task<void> plan(planned each);
    [[nodiscard]] std::optional<intake::refusal> refuse_regions(std::size_t count) const;
    /// The ids of these tags for a picture; nothing when it was given another end instead, or was
    /// moved to those that wait for tags.
    [[nodiscard]] task<std::optional<std::vector<tag_id>>> tags_for(planned& each,
                                                                    intake::labels wanted);
    [[nodiscard]] task<bool> resolve_regions(planned& each);
    void add(planned each);
    void add_known(planned each);
    void put_in_line(batch::item_id id);
    void put_back(items batch);
    void move_due();
    /// Addresses that hold memory for what is done next with them.
    [[nodiscard]] std::size_t in_hand() const {
        return planner_.size() + being_tagged_ + without_tags_.size();
    }

    // Sending.
    [[nodiscard]] task<void> carry(items batch);
    [[nodiscard]] task<customvision::answer<void>> exchange(const items& batch);
    [[nodiscard]] task<customvision::answer<customvision::image_summary>> send(const items& batch);
    [[nodiscard]] task<void> take_results(const items& batch,
                                          const customvision::image_summary& answered);
    void take_result(const batch::item& item, const customvision::image_result* found,
                     const customvision::image_summary& answered, answered_batch& batch);
    [[nodiscard]] bool take_special(const batch::item& item,
                                    const customvision::image_result& found, answered_batch& batch);
    [[nodiscard]] bool is_too_slow_alone(const items& batch, const customvision::failure& why);
    [[nodiscard]] task<void> bisect(items batch, customvision::failure why);
    [[nodiscard]] task<void> refuse_alone(batch::item_id id, customvision::failure why);

    // Limits.
    [[nodiscard]] bool may_read_on() const;
    [[nodiscard]] bool must_pass_over(const planned& each) const;
    void read_from_the_top();
    [[nodiscard]] std::optional<items> next_batch();
    [[nodiscard]] task<void> wait();
    [[nodiscard]] bool waits_for_project() const;
    [[nodiscard]] task<void> wait_until(mono_time due);
    void say_waiting();
    [[nodiscard]] static std::vector<tag_id> tags_of(const customvision::url_entry& entry);
    [[nodiscard]] customvision::url_entry first_part(const planned& each) const;
    [[nodiscard]] bool add_rest(batch::item_id id, image_id image);
    [[nodiscard]] task<items> without_unknown_tags(items batch, customvision::failure why);
    void find_tags_anew(batch::item_id id, const std::string& why);
    [[nodiscard]] task<void> plan_anew();
    [[nodiscard]] task<void> plan_without_tags();

    // Tagging.
    void ensure_labels(batch::item_id id, image_id image, bool look_first);
    void come_back();
    [[nodiscard]] task<void> until_tagged();
    [[nodiscard]] std::string place_of(journey_number number) const override;
    [[nodiscard]] std::vector<std::string> labels_of(journey_number number) const override;
    [[nodiscard]] task<void> settle(settled_batch batch) override;
    void hold(journey_number number, std::string sentence) override;
    [[nodiscard]] bool may_go_back(journey_number number) override;
    void send_back(journey_number number) override;
    void send_as_new(journey_number number) override;

    // Outcomes.
    [[nodiscard]] task<void> record(ledger::url_record batch);
    /// The outcome of a picture's lines; what the address itself became is the ledger's.
    void settle_lines(const intake::list_picture& picture, const line_settled& verdict);
    void note(const planned& each, line_settled verdict, ledger::url_record& ended);
    void hold_lines(const intake::list_picture& picture, const std::string& sentence);
    void say(event_name name, std::uint32_t line, const std::string& sentence);
    void count();

    project_state& project_;
    tagging_loop& tagging_;
    const url_list_loop::options& options_;
    const url_list_loop::confirmed_listener& confirmed_;
    list_place place_;
    intake::labelling placed_;
    intake::labelling place_alone_;
    bool create_tags_;
    const intake::list_survey& survey_;
    std::size_t enough_; ///< addresses in hand; no more are read while they can be sent
    intake::url_picture_tracker pictures_;
    url_line_tracker lines_;
    outcome_totals counted_;
    std::shared_ptr<std::optional<intake::url_list_file>> file_; ///< file threads' while one runs
    std::uint32_t next_ordinal_ = 0;
    bool read_ = false;        ///< to its end
    bool passed_over_ = false; ///< some that only a further reading takes
    batch::batch_planner planner_;
    std::unordered_map<batch::item_id, planned> planned_;
    std::vector<put_off> later_;
    std::vector<batch::item_id> anew_;  ///< whose tags are to be found anew
    std::vector<planned> without_tags_; ///< wait for tags that cannot be made while it is read-only
    std::size_t being_tagged_ = 0;      ///< by the tagging loop
    batch::item_id next_id_ = 1;
    service_recovery recovery_;
    tag_finder tags_;
    runtime::notifier wakeup_;
    std::size_t in_flight_ = 0;
    std::size_t most_at_once_ = 64; ///< fewer after requests that took too long
    bool waits_ = false;            ///< for somebody else
    bool said_waiting_ = false;     ///< since something was sent
    unsigned said_ = 0;
};

} // namespace retraind::pipeline
