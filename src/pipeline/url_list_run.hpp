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
#include "retraind/pipeline/patience.hpp"
#include "retraind/pipeline/url_line_tracker.hpp"
#include "retraind/pipeline/url_list_loop.hpp"

namespace retraind::pipeline {

/// One list on its way from its first line to its last outcome. Loop only.
class url_list_run {
public:
    /// `counted`: what of it is in the project's totals already.
    url_list_run(project_state& project, const url_list_loop::options& chosen,
                 const url_list_loop::confirmed_listener& confirmed, const list_place& place,
                 const intake::list_survey& survey, const outcome_totals& counted);

    /// Returns when every line has its outcome or is held, when stopping is requested, or with what
    /// keeps the file from being read.
    [[nodiscard]] task<result<void>> run();

    [[nodiscard]] const url_line_tracker& lines() const noexcept { return lines_; }
    [[nodiscard]] std::size_t in_flight() const noexcept { return in_flight_; }

private:
    /// An address that is to be sent.
    struct planned {
        intake::list_picture picture;
        std::vector<std::string> labels; ///< those of its regions too
        customvision::url_entry entry;
        unsigned tries = 0;
    };
    /// One that the project has, with labels that are new.
    struct relabelling {
        intake::list_picture picture;
        ledger::url_outcome known;
        std::vector<std::string> labels; ///< all it has then
        std::vector<customvision::image_tag> tags;
    };
    struct put_off {
        mono_time due;
        batch::item_id id;
    };
    using pictures = std::vector<intake::list_picture>;
    using items = std::vector<batch::item>;

    // Reading and planning.
    [[nodiscard]] task<result<pictures>> read_on();
    [[nodiscard]] task<void> take(pictures found);
    [[nodiscard]] task<std::optional<std::vector<ledger::url_outcome>>> look_up(const pictures& of);
    [[nodiscard]] task<void> judge(intake::list_picture picture, const ledger::url_outcome* known,
                                   std::vector<relabelling>& relabelled);
    [[nodiscard]] task<void> plan(intake::list_picture picture, intake::labels own,
                                  std::vector<std::string> labels);
    /// The ids of these tags for a picture; nothing when it was given another end instead.
    [[nodiscard]] task<std::optional<std::vector<tag_id>>>
    tags_for(const intake::list_picture& picture, intake::labels wanted);
    [[nodiscard]] task<std::optional<intake::tag_resolution>> resolve(intake::labels wanted);
    [[nodiscard]] task<bool> resolve_regions(planned& each);
    [[nodiscard]] task<void> relabel(std::vector<relabelling> wanted);
    [[nodiscard]] task<void> add_tags(std::vector<relabelling> some);
    void add(planned each);
    void put_in_line(batch::item_id id);
    void move_due();

    // Sending.
    [[nodiscard]] task<void> carry(items batch);
    [[nodiscard]] task<customvision::answer<customvision::image_summary>> send(const items& batch);
    [[nodiscard]] task<void> take_results(const items& batch,
                                          const customvision::image_summary& answered);
    void take_result(batch::item_id id, const customvision::image_result* found,
                     const customvision::image_summary& answered, ledger::url_record& ended);
    [[nodiscard]] task<void> bisect(items batch, customvision::failure why);
    [[nodiscard]] task<void> reject_alone(batch::item_id id, customvision::failure why);
    [[nodiscard]] task<void> recover(customvision::failure why);

    // Outcomes.
    [[nodiscard]] task<void> record(ledger::url_record batch);
    /// The outcome of a picture's lines; what the address itself became is the ledger's.
    void settle(const intake::list_picture& picture, const line_settled& verdict);
    void note(const planned& each, line_settled verdict, ledger::url_record& ended);
    void hold(const intake::list_picture& picture, const std::string& sentence);
    void say(event_name name, std::uint32_t line, const std::string& sentence);
    void count();

    project_state& project_;
    const url_list_loop::options& options_;
    const url_list_loop::confirmed_listener& confirmed_;
    list_place place_;
    intake::labelling placed_;
    intake::labelling place_alone_;
    bool create_tags_;
    intake::url_picture_tracker pictures_;
    url_line_tracker lines_;
    outcome_totals counted_;
    std::shared_ptr<std::optional<intake::url_list_file>> file_; ///< file threads' while one runs
    std::uint32_t next_ordinal_ = 0;
    bool read_ = false; ///< to its end
    batch::batch_planner planner_;
    std::unordered_map<batch::item_id, planned> planned_;
    std::vector<put_off> later_;
    batch::item_id next_id_ = 1;
    patience patience_;
    patience tag_patience_;
    std::size_t in_flight_ = 0;
    unsigned failures_in_a_row_ = 0;
    unsigned said_ = 0;
};

} // namespace retraind::pipeline
