#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "retraind/intake/url_list_file.hpp"
#include "retraind/pipeline/project_state.hpp"
#include "retraind/pipeline/settler.hpp"
#include "retraind/pipeline/tagging_loop.hpp"
#include "retraind/pipeline/url_line_rules.hpp"
#include "retraind/runtime/notifier.hpp"

namespace retraind::pipeline {

class url_list_run;

/// A list of addresses and where it lies.
struct list_place {
    std::string root; ///< the folder, absolute
    watch::found_file file;
    std::size_t folder = 0; ///< the watched folder whose rules label it
    bool watched = true;    ///< it was found there; else a person named it

    [[nodiscard]] std::string absolute() const { return root + "/" + file.path; }
};

/// Sends lists of addresses, one after the other: reads each in pieces, sends what has no outcome
/// yet in batches, and when every line has its outcome writes the result beside the list and
/// disposes of it. Loop only.
class url_list_loop {
public:
    /// What differs from test to test.
    struct options {
        std::array<duration, 2> waits = source_waits;
    };
    /// Hears that the project has pictures which no training has seen.
    using confirmed_listener = std::function<void()>;

    url_list_loop(project_state& project, settler& ends, tagging_loop& tagging, options chosen,
                  confirmed_listener confirmed);
    ~url_list_loop();

    /// A complete list from a watched folder. Where too many wait already it is given back and met
    /// again.
    void arrive(std::size_t folder, watch::found_file file);
    /// The one list of `retraind urls`: labelled as if it lay at the top of the first watched
    /// folder, kept whatever becomes of its lines.
    void send_once(std::string path);
    /// Held lists are met anew.
    void look_again() { held_.clear(); }

    /// What stopped it may be over.
    void wake();

    /// Ends when stopping is requested and no request is under way.
    [[nodiscard]] task<void> run();

    [[nodiscard]] bool idle() const noexcept { return waiting_.empty() && !busy_; }
    /// All that is left of its list waits for the project to take pictures again.
    [[nodiscard]] bool stopped() const;
    /// Lines that wait for something that a person does.
    [[nodiscard]] std::size_t held() const;
    /// Lines of the list that is being sent that have no outcome yet, and lists behind it.
    [[nodiscard]] std::size_t waiting() const;
    /// Lines that are on the wire.
    [[nodiscard]] std::size_t in_flight() const;
    /// `send_once`: why nothing could be sent.
    [[nodiscard]] const std::optional<std::string>& failure() const noexcept { return failure_; }

private:
    [[nodiscard]] task<void> see_to(list_place place);
    [[nodiscard]] task<bool> look_up(list_place& place);
    [[nodiscard]] task<void> send(const list_place& place, const intake::list_survey& survey);
    [[nodiscard]] task<void> refuse(const list_place& place, const intake::refusal& why);
    void give_up(const list_place& place, const error& why);
    void hold(const list_place& place, std::size_t lines, const std::string& sentence);
    [[nodiscard]] task<void> end(const list_place& place, const url_list_run& sent);
    [[nodiscard]] task<void> finish(const list_place& place, ledger::finished_list list);

    project_state& project_;
    settler& ends_;
    tagging_loop& tagging_;
    options options_;
    confirmed_listener confirmed_;
    runtime::notifier wakeup_;
    std::deque<list_place> waiting_;
    std::unique_ptr<url_list_run> running_;
    std::unordered_map<std::string, std::size_t> held_; ///< lines, by the list's path
    /// Lines of held lists that are in the totals already, so that none counts twice.
    std::unordered_map<file_fingerprint, outcome_totals> counted_;
    /// Lists that ended but could not go their way: their new names may be met before the watcher
    /// is told, and then they are not begun again.
    std::unordered_set<file_fingerprint> stayed_;
    std::optional<std::string> failure_;
    bool busy_ = false;
};

} // namespace retraind::pipeline
