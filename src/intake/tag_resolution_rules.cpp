#include "retraind/intake/tag_resolution_rules.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::intake {
namespace {

std::string exact_key(std::string_view name) {
    const std::string composed = to_nfc(name).value_or(std::string(name));
    return std::string(trim(composed));
}

std::string folded_key(std::string_view name) {
    const std::string exact = exact_key(name);
    return fold_case(exact).value_or(exact);
}

std::string joined(const std::vector<known_tag>& tags) {
    std::vector<std::string> names;
    names.reserve(tags.size());
    for (const known_tag& tag : tags) {
        names.push_back(tag.name);
    }
    std::ranges::sort(names);
    return fmt::format("{}", fmt::join(names, ", "));
}

template <class Value>
void make_unique(std::vector<Value>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
}

/// Adds a new tag's name unless one that differs only in case is there.
void add_new(std::vector<std::string>& names, const std::string& label) {
    const auto same = [key = folded_key(label)](const std::string& other) {
        return folded_key(other) == key;
    };
    if (std::ranges::none_of(names, same)) {
        names.push_back(label);
    }
}

} // namespace

tag_resolution_rules::tag_resolution_rules(tag_terms terms) : terms_(terms) {}

void tag_resolution_rules::set_known(std::span<const known_tag> tags) {
    exact_.clear();
    folded_.clear();
    others_.clear();
    negative_.reset();
    all_.clear();
    for (const known_tag& tag : tags) {
        add_known(tag);
    }
}

void tag_resolution_rules::add_known(const known_tag& tag) {
    all_.insert(tag.id);
    if (tag.kind != tag_role::regular) {
        others_.emplace(folded_key(tag.name), tag.kind);
        if (tag.kind == tag_role::negative) {
            negative_ = tag.id;
        }
        return;
    }
    const auto add = [&tag](matches& same) {
        const auto id = [&tag](const known_tag& other) {
            return other.id == tag.id;
        };
        if (std::ranges::none_of(same, id)) {
            same.push_back(tag);
        }
    };
    add(exact_[exact_key(tag.name)]);
    add(folded_[folded_key(tag.name)]);
}

tag_resolution tag_resolution_rules::resolve(const labels& wanted, bool create_tags) {
    if (auto refused = refuse(wanted)) {
        return *std::move(refused);
    }
    if (std::ranges::count(wanted.names, negative_label) > 0) {
        return resolve_negative(create_tags);
    }
    resolved_tags found;
    for (const std::string& label : wanted.names) {
        const matches fitting = find(label);
        if (fitting.size() > 1) {
            return held{fmt::format("the label \"{}\" may be any of the tags {}; rename the folder "
                                    "or one of the tags",
                                    label, joined(fitting))};
        }
        if (!fitting.empty()) {
            found.ids.push_back(fitting.front().id);
            note_alias(label, fitting.front().name, found);
        } else if (auto kept = hold_new(label, create_tags)) {
            return *std::move(kept);
        } else {
            add_new(found.to_create, label);
        }
    }
    make_unique(found.ids);
    if (terms_.one_tag_a_picture && found.ids.size() + found.to_create.size() > 1) {
        return refuse_tag_conflict(wanted.names);
    }
    if (auto full = hold_full(found.to_create)) {
        return *std::move(full);
    }
    for (const tag_alias& alias : found.to_say) {
        said_.emplace(alias.label, alias.tag);
    }
    return found;
}

std::optional<refusal> tag_resolution_rules::refuse(const labels& wanted) const {
    if (auto mixed = refuse_mixed_labels(wanted)) {
        return mixed;
    }
    if (wanted.names.size() > terms_.most_a_picture) {
        return refuse_too_many_tags(wanted.names.size(), terms_.most_a_picture);
    }
    return std::nullopt;
}

tag_resolution tag_resolution_rules::resolve_negative(bool create_tags) const {
    if (!terms_.negative_tags) {
        return held{"an object detection project is trained without a negative tag; upload such "
                    "pictures untagged (tags: none) from a folder of their own"};
    }
    if (negative_) {
        return resolved_tags{{*negative_}, {}, {}, false};
    }
    if (!create_tags) {
        return held{"the project has no Negative tag, and create_tags is off"};
    }
    const std::string name(negative_tag_name);
    if (!find(name).empty() || others_.contains(folded_key(name))) {
        return held{fmt::format("the project has no Negative tag, and another tag has its name, "
                                "\"{}\"; rename that one in the portal",
                                name)};
    }
    const std::vector<std::string> fresh{name};
    if (auto full = hold_full(fresh)) {
        return *std::move(full);
    }
    return resolved_tags{{}, {}, {}, true};
}

std::optional<held> tag_resolution_rules::hold_new(const std::string& name,
                                                   bool create_tags) const {
    const auto other = others_.find(folded_key(name));
    if (other != others_.end() && other->second == tag_role::negative) {
        return held{fmt::format("\"{}\" is the project's negative tag; put such pictures into the "
                                "folder that negative_tag names, or rename this one",
                                name)};
    }
    if (other != others_.end()) {
        return held{fmt::format("\"{}\" is a tag of another type in the project; rename the folder "
                                "or that tag",
                                name)};
    }
    if (!create_tags) {
        return held{fmt::format("the project has no tag \"{}\", and create_tags is off", name)};
    }
    return std::nullopt;
}

std::optional<held> tag_resolution_rules::hold_full(std::span<const std::string> fresh) const {
    if (fresh.empty() || all_.size() + fresh.size() <= terms_.most_tags) {
        return std::nullopt;
    }
    return held{
        fmt::format("the project has {} tags and its tier takes {}, so there is no room for "
                    "\"{}\"; delete tags in the portal, or use a larger tier and write it "
                    "as service.tier",
                    all_.size(), terms_.most_tags, fmt::join(fresh, "\", \""))};
}

tag_resolution_rules::matches tag_resolution_rules::find(const std::string& label) const {
    if (const auto exact = exact_.find(exact_key(label)); exact != exact_.end()) {
        return exact->second;
    }
    const auto folded = folded_.find(folded_key(label));
    return folded == folded_.end() ? matches{} : folded->second;
}

void tag_resolution_rules::note_alias(const std::string& label, const std::string& tag,
                                      resolved_tags& found) {
    if (exact_key(label) != exact_key(tag) && !said_.contains({label, tag})) {
        found.to_say.push_back({label, tag});
    }
}

std::optional<refusal> refuse_mixed_labels(const labels& wanted) {
    std::vector<std::string> regular = wanted.names;
    std::erase(regular, negative_label);
    if (regular.empty() || regular.size() == wanted.names.size()) {
        return std::nullopt;
    }
    return refuse_negative_and_regular(regular);
}

} // namespace retraind::intake
