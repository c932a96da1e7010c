#include "retraind/pipeline/url_line_rules.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/clock.hpp"
#include "retraind/customvision/image_status_rules.hpp"
#include "retraind/pipeline/answer_rules.hpp"

namespace retraind::pipeline {
namespace {

using customvision::image_verdict;

constexpr std::string_view source_status = "ErrorSource";
constexpr std::string_view tag_status = "ErrorInvalidTag";

ledger::rejection rejection_of(const customvision::image_ruling& ruling, unsigned tries) {
    ledger::rejection reason;
    reason.code = ruling.code;
    reason.sentence = ruling.sentence;
    reason.mend = ruling.mend;
    reason.attempts = tries;
    return reason;
}

std::string quoted(const std::vector<std::string>& labels) {
    return labels.empty() ? "no label" : fmt::format("\"{}\"", fmt::join(labels, "\", \""));
}

answer_verdict judge_later(const customvision::image_ruling& ruling, unsigned tries,
                           const std::array<duration, 2>& waits) {
    if (ruling.code != source_status) {
        if (tries < most_attempts) {
            return line_sent{waits.front()};
        }
        return line_held{fmt::format("sent {} times without success: {}", tries, ruling.sentence)};
    }
    if (tries <= waits.size()) {
        return line_sent{waits.at(tries - 1)};
    }
    line_settled refused{outcome::rejected, std::nullopt, rejection_of(ruling, tries)};
    refused.reason->mend = "see that it can be fetched from outside without a login; this address "
                           "keeps its outcome, so list the picture under another one";
    return refused;
}

} // namespace

label_verdict labels_of(const intake::list_picture& picture, const intake::labelling& placed,
                        const intake::labelling& place_alone) {
    if (const auto* held = std::get_if<intake::held>(&place_alone)) {
        return line_held{held->sentence};
    }
    intake::labels all;
    std::ranges::set_union(std::get<intake::labels>(place_alone).names, picture.tags,
                           std::back_inserter(all.names));
    if (all.names.empty() && picture.regions.empty()) {
        if (const auto* held = std::get_if<intake::held>(&placed)) {
            return line_held{"it has no tag of its own, and " + held->sentence};
        }
    }
    return all;
}

known_verdict judge_known(const ledger::url_outcome& known, file_fingerprint list,
                          const std::vector<std::string>& labels, bool one_tag_a_picture,
                          bool has_regions) {
    if (known.list == list || known.result == outcome::rejected) {
        return line_settled{known.result, known.image, known.reason};
    }
    if (known.result == outcome::removed) {
        return line_sent{};
    }
    std::vector<std::string> missing;
    std::ranges::set_difference(labels, known.labels, std::back_inserter(missing));
    if ((missing.empty() && !has_regions) || !known.image) {
        return line_settled{outcome::duplicate, known.image, std::nullopt};
    }
    if (!one_tag_a_picture) {
        return line_relabelled{*known.image, std::move(missing)};
    }
    return line_held{fmt::format(
        "the project has this address since {} as image {}, under {}; here it is "
        "listed under {}; take this line out, or give the image that tag in the portal",
        format_utc(known.at), to_string(*known.image), quoted(known.labels), quoted(labels))};
}

answer_verdict judge_answer(const customvision::image_result* found, unsigned tries,
                            const std::array<duration, 2>& waits) {
    customvision::image_ruling ruling;
    ruling.sentence = "the service's answer does not mention it";
    std::optional<image_id> image;
    if (found != nullptr) {
        ruling = customvision::rule_on_image(*found);
        image = found->id;
    }
    switch (ruling.meaning) {
    case image_verdict::confirmed:
        return line_settled{outcome::confirmed, image, std::nullopt};
    case image_verdict::duplicate:
        return line_settled{outcome::duplicate, image, std::nullopt};
    case image_verdict::reject:
        if (ruling.code == tag_status) {
            // The tag's fault, not the address's, which would never be sent again.
            return line_held{fmt::format("{}: {}", ruling.sentence, ruling.mend)};
        }
        return line_settled{outcome::rejected, std::nullopt, rejection_of(ruling, tries)};
    case image_verdict::needs_operator:
        return line_held{fmt::format("{}: {}", ruling.sentence, ruling.mend)};
    case image_verdict::retry:
        break;
    }
    return judge_later(ruling, tries, waits);
}

ledger::rejection reject_refused(const customvision::failure& why) {
    ledger::rejection reason;
    reason.code = why.code.empty() ? "Refused" : why.code;
    reason.sentence = fmt::format("the service refuses every request with it: {}",
                                  why.message.empty() ? why.cause.message : why.message);
    reason.mend = "see whether the address is written as it should be";
    reason.service_status = why.status;
    reason.service_code = why.code;
    reason.service_message = why.message;
    reason.request_id = why.request_id;
    return reason;
}

std::string sentence_of(const ledger::rejection& reason) {
    std::string text = fmt::format("{}: {}", reason.code, reason.sentence);
    return reason.mend.empty() ? text : fmt::format("{}; {}", text, reason.mend);
}

} // namespace retraind::pipeline
