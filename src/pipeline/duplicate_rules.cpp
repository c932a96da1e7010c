#include "retraind/pipeline/duplicate_rules.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/tag_resolution_rules.hpp"

namespace retraind::pipeline {
namespace {

std::string listed(const std::vector<std::string>& labels) {
    return labels.empty() ? "no label" : fmt::format("\"{}\"", fmt::join(labels, "\", \""));
}

std::vector<std::string> without(const std::vector<std::string>& labels,
                                 const std::vector<std::string>& taken) {
    std::vector<std::string> left;
    std::set_difference(labels.begin(), labels.end(), taken.begin(), taken.end(),
                        std::back_inserter(left));
    return left;
}

/// Whether the image behind it can get further tags.
bool is_there(const ledger::content_record& known) {
    return known.result == outcome::confirmed || known.result == outcome::duplicate;
}

bool would_mix(const std::vector<std::string>& known, const std::vector<std::string>& missing) {
    intake::labels all{known};
    all.names.insert(all.names.end(), missing.begin(), missing.end());
    return intake::refuse_mixed_labels(all).has_value();
}

/// It has all the labels. Which boxes it has only the service can say.
duplicate_verdict judge_labelled(const ledger::content_record& known, bool has_boxes) {
    if (!has_boxes || !is_there(known)) {
        return is_duplicate{known.image};
    }
    // Without an image id a second upload is what adds boxes, like tags.
    return known.image ? duplicate_verdict(lacks_labels{*known.image, {}})
                       : duplicate_verdict(is_new{});
}

} // namespace

duplicate_verdict judge_duplicate(const ledger::content_record* known, const std::string& path,
                                  const std::vector<std::string>& labels, bool several_tags,
                                  bool has_boxes) {
    if (known == nullptr || known->result == outcome::rejected) {
        return is_new{};
    }
    if (known->labels == labels) {
        return judge_labelled(*known, has_boxes);
    }
    if (several_tags && is_there(*known)) {
        std::vector<std::string> missing = without(labels, known->labels);
        if (missing.empty()) {
            return judge_labelled(*known, has_boxes);
        }
        if (!would_mix(known->labels, missing)) {
            // Without an image id a second upload is what adds tags: the service knows the content.
            return known->image ? duplicate_verdict(lacks_labels{*known->image, std::move(missing)})
                                : duplicate_verdict(is_new{});
        }
    }
    return is_conflict{fmt::format("{} is the same picture as {}, which the project has under {}; "
                                   "this one lies under {}; remove one of the two",
                                   printable(path), printable(known->path), listed(known->labels),
                                   listed(labels))};
}

} // namespace retraind::pipeline
