#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/customvision/failure.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/intake/label_rules.hpp"
#include "retraind/intake/url_picture_tracker.hpp"
#include "retraind/ledger/types.hpp"

namespace retraind::pipeline {

/// The address has an outcome.
struct line_settled {
    outcome result = outcome::confirmed;
    std::optional<image_id> image;
    std::optional<ledger::rejection> reason;
};
/// It has none, and will have none before something changes.
struct line_held {
    std::string sentence;
};
/// It is sent, for the first time or once more after `wait`.
struct line_sent {
    duration wait{0};
};
/// The project has it, and these labels are new, or perhaps its regions.
struct line_relabelled {
    image_id image;
    std::vector<std::string> missing;
};

using known_verdict = std::variant<line_settled, line_held, line_sent, line_relabelled>;
using answer_verdict = std::variant<line_settled, line_held, line_sent>;
using label_verdict = std::variant<intake::labels, line_held>;

/// How long ErrorSource is waited with before the second and the third try: three in all, within a
/// minute of the first.
inline constexpr std::array<duration, 2> source_waits{std::chrono::seconds(5),
                                                      std::chrono::seconds(20)};

/// The labels of a picture in a list: its own beside those of the place where the list lies.
/// `placed` is what the folder's rules say of the list; `place_alone` the same where a place that
/// names no tag is no reason to hold anything.
[[nodiscard]] label_verdict labels_of(const intake::list_picture& picture,
                                      const intake::labelling& placed,
                                      const intake::labelling& place_alone);

/// What an address that the ledger knows becomes. One that has its outcome from this very list,
/// before a restart, keeps it; from another one it is a duplicate, and a rejected one stays
/// rejected. One that a person removed from the project is sent again. Where a picture has one tag,
/// another one is for a person to judge. `labels`: all it is listed under now, those of its regions
/// too. Which regions the image has only the service can say.
[[nodiscard]] known_verdict judge_known(const ledger::url_outcome& known, file_fingerprint list,
                                        const std::vector<std::string>& labels,
                                        bool one_tag_a_picture, bool has_regions);

/// What an address becomes by the service's answer. `found` is null where the answer does not
/// mention it; `tries` counts the requests that carried it, this one too.
[[nodiscard]] answer_verdict judge_answer(const customvision::image_result* found, unsigned tries,
                                          const std::array<duration, 2>& waits);

/// An address that is refused when it is alone in a request.
[[nodiscard]] ledger::rejection reject_refused(const customvision::failure& why);

/// A reason in one sentence, as the result file says it.
[[nodiscard]] std::string sentence_of(const ledger::rejection& reason);

} // namespace retraind::pipeline
