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

tag_resolution_rules::tag_resolution_rules(bool one_tag_a_picture)
    : one_tag_a_picture_(one_tag_a_picture) {}

void tag_resolution_rules::set_known(std::span<const known_tag> tags) {
    exact_.clear();
    folded_.clear();
    for (const known_tag& tag : tags) {
        add_known(tag);
    }
}

void tag_resolution_rules::add_known(const known_tag& tag) {
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
        } else if (create_tags) {
            add_new(found.to_create, label);
        } else {
            return held{
                fmt::format("the project has no tag \"{}\", and create_tags is off", label)};
        }
    }
    make_unique(found.ids);
    if (one_tag_a_picture_ && found.ids.size() + found.to_create.size() > 1) {
        return refuse_tag_conflict(wanted.names);
    }
    for (const tag_alias& alias : found.to_say) {
        said_.emplace(alias.label, alias.tag);
    }
    return found;
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

} // namespace retraind::intake
