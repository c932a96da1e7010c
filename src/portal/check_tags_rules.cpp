// Whether the labels of what lies in the folders find their tags.
#include <algorithm>
#include <limits>
#include <map>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/tag_resolution_rules.hpp"
#include "retraind/portal/check_rules.hpp"

namespace retraind::portal {
namespace {

using records = std::vector<record>;

/// Names for a sentence: the first ten, and how many more there are.
std::string some_of(const std::set<std::string>& names) {
    constexpr std::size_t most = 10;
    std::vector<std::string> shown;
    for (const std::string& each : names) {
        if (shown.size() == most) {
            break;
        }
        shown.push_back("\"" + printable(each) + "\"");
    }
    std::string text = fmt::format("{}", fmt::join(shown, ", "));
    if (names.size() > most) {
        text += fmt::format(" and {} more", names.size() - most);
    }
    return text;
}

/// The quota has a finding of its own, with all that is missing counted.
intake::tag_terms terms_of(bool one_tag_a_picture) {
    intake::tag_terms terms;
    terms.one_tag_a_picture = one_tag_a_picture;
    terms.most_tags = std::numeric_limits<std::size_t>::max();
    return terms;
}

/// Looks at the label sets of all folders of one project.
class label_survey {
public:
    label_survey(const records& tags, bool one_tag_a_picture)
        : rules_(terms_of(one_tag_a_picture)) {
        std::vector<intake::known_tag> known;
        for (const record& each : tags) {
            const std::string type = each.text("type");
            if (type.empty() || type == "Regular") {
                known.push_back({each.name(), each.id<tag_id>()});
            } else if (type == "Negative") {
                known.push_back({each.name(), each.id<tag_id>(), intake::tag_role::negative});
            }
        }
        rules_.set_known(known);
    }

    void look_at(const folder_labels& folder) {
        for (const std::vector<std::string>& names : folder.label_sets) {
            const auto resolved = rules_.resolve(intake::labels{names}, true);
            if (const auto* tags = std::get_if<intake::resolved_tags>(&resolved)) {
                auto& into = folder.create_tags ? to_make : to_miss;
                into.insert(tags->to_create.begin(), tags->to_create.end());
            } else if (const auto* held = std::get_if<intake::held>(&resolved)) {
                conflicts.insert(held->sentence);
            } else {
                const auto& refused = std::get<intake::refusal>(resolved);
                conflicts.insert(refused.sentence + "; " + refused.mend);
            }
            labels.insert(names.begin(), names.end());
        }
    }

    std::set<std::string> labels;
    std::set<std::string> to_make; ///< are missing and will be made
    std::set<std::string> to_miss; ///< are missing and may not be made
    std::set<std::string> conflicts;

private:
    intake::tag_resolution_rules rules_;
};

class tag_judge {
public:
    tag_judge(const config::project_block& wanted, const records& tags, const quota& limits)
        : wanted_(wanted), tags_(tags), limits_(limits) {}

    [[nodiscard]] std::vector<finding> judge(const label_survey& seen) {
        for (const std::string& each : seen.conflicts) {
            add(mark::wrong, each);
        }
        if (!seen.to_miss.empty()) {
            add(mark::wrong,
                fmt::format("the project has no {}, and create_tags is false, so such pictures "
                            "are held; run retraind tags create \"{}\" …, or write create_tags: "
                            "true",
                            some_of(seen.to_miss), printable(wanted_.label())));
        }
        const std::size_t then = tags_.size() + seen.to_make.size();
        if (then > limits_.tags) {
            add(mark::wrong, fmt::format("{} tags are there and {} more would be made, but the "
                                         "service takes {}; use fewer labels, or correct "
                                         "service.tier",
                                         tags_.size(), seen.to_make.size(), limits_.tags));
        }
        if (found_.empty()) {
            add(mark::ok, summary(seen));
        }
        return std::move(found_);
    }

    void unreadable(const folder_labels& folder) {
        found_before_.push_back({mark::cannot_tell,
                                 fmt::format("{}: tags", printable(wanted_.label())),
                                 folder.problem});
    }

    [[nodiscard]] const std::vector<finding>& unread() const noexcept { return found_before_; }

private:
    void add(mark judged, std::string sentence) {
        found_.push_back(
            {judged, fmt::format("{}: tags", printable(wanted_.label())), std::move(sentence)});
    }

    [[nodiscard]] std::string summary(const label_survey& seen) const {
        std::string text = fmt::format("{} of {} tags", tags_.size(), limits_.tags);
        if (seen.labels.empty()) {
            return text + "; no labelled picture lies in the folders now";
        }
        if (seen.to_make.empty()) {
            return text + ", all labels of the folders among them";
        }
        return fmt::format("{}; {} will be made", text, some_of(seen.to_make));
    }

    const config::project_block& wanted_;
    const records& tags_;
    const quota& limits_;
    std::vector<finding> found_;
    std::vector<finding> found_before_;
};

} // namespace

std::vector<finding> judge_tags(const config::project_block& wanted, const records& tags,
                                const std::vector<folder_labels>& folders, bool one_tag_a_picture,
                                const quota& limits) {
    label_survey seen(tags, one_tag_a_picture);
    tag_judge judge(wanted, tags, limits);
    for (const folder_labels& each : folders) {
        if (each.problem.empty()) {
            seen.look_at(each);
        } else {
            judge.unreadable(each);
        }
    }
    std::vector<finding> found = judge.judge(seen);
    found.insert(found.end(), judge.unread().begin(), judge.unread().end());
    return found;
}

} // namespace retraind::portal
