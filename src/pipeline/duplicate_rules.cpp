#include "retraind/pipeline/duplicate_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {
namespace {

std::string listed(const std::vector<std::string>& labels) {
    return labels.empty() ? "no label" : fmt::format("\"{}\"", fmt::join(labels, "\", \""));
}

} // namespace

duplicate_verdict judge_duplicate(const ledger::content_record* known, const std::string& path,
                                  const std::vector<std::string>& labels) {
    if (known == nullptr || known->result == outcome::rejected) {
        return is_new{};
    }
    if (known->labels == labels) {
        return is_duplicate{known->image};
    }
    return is_conflict{fmt::format("{} is the same picture as {}, which the project has under {}; "
                                   "this one lies under {}; remove one of the two",
                                   printable(path), printable(known->path), listed(known->labels),
                                   listed(labels))};
}

} // namespace retraind::pipeline
