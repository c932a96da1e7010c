#include "retraind/config/change_rules.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include <fmt/format.h>

namespace retraind::config {
namespace {

/// The keys that begin with `prefix`, without it.
written_keys below(const written_keys& all, std::string_view prefix) {
    written_keys found;
    for (auto at = all.lower_bound(std::string(prefix));
         at != all.end() && at->first.starts_with(prefix); ++at) {
        found.emplace(at->first.substr(prefix.size()), at->second);
    }
    return found;
}

std::optional<std::string> text_of(const written_keys& keys, const std::string& key) {
    const auto found = keys.find(key);
    return found == keys.end() ? std::nullopt : std::optional(found->second);
}

/// Where keys stood and stand.
struct place_pair {
    std::string before; ///< prefix of their paths
    std::string after;
    std::string project;
};

void compare_keys(const written_keys& before, const written_keys& after, const place_pair& where,
                  std::vector<key_change>& found) {
    std::set<std::string> names;
    for (const written_keys* keys : {&before, &after}) {
        for (const auto& [name, text] : *keys) {
            names.insert(name);
        }
    }
    for (const std::string& name : names) {
        const auto old_text = text_of(before, name);
        const auto new_text = text_of(after, name);
        if (old_text != new_text) {
            const std::string& prefix = new_text ? where.after : where.before;
            found.push_back({prefix + name, where.project, old_text, new_text});
        }
    }
}

std::string block_of(std::size_t project) {
    return fmt::format("projects[{}].", project);
}

std::optional<std::size_t> place_of(const configuration& in, const std::string& label) {
    const auto found =
        std::find_if(in.projects.begin(), in.projects.end(),
                     [&](const project_block& each) { return each.label() == label; });
    return found == in.projects.end()
               ? std::nullopt
               : std::optional(static_cast<std::size_t>(found - in.projects.begin()));
}

void compare_projects(const configuration& in_force, const configuration& wanted, changes& all) {
    for (std::size_t at = 0; at < wanted.projects.size(); ++at) {
        const std::string label = wanted.projects[at].label();
        const std::optional<std::size_t> was = place_of(in_force, label);
        const written_keys after = below(wanted.written, block_of(at));
        const written_keys before = was ? below(in_force.written, block_of(*was)) : written_keys();
        compare_keys(before, after, {was ? block_of(*was) : "", block_of(at), label}, all.keys);
        all.kept.push_back(was && before == after && !all.service ? was : std::nullopt);
    }
    for (std::size_t at = 0; at < in_force.projects.size(); ++at) {
        const std::string label = in_force.projects[at].label();
        if (!place_of(wanted, label)) {
            compare_keys(below(in_force.written, block_of(at)), {}, {block_of(at), "", label},
                         all.keys);
        }
    }
}

/// Keys outside of projects, and what each kind of them means.
void compare_rest(const configuration& in_force, const configuration& wanted, changes& all) {
    const auto outside = [](const written_keys& keys) {
        written_keys found = keys;
        std::erase_if(found, [](const auto& each) { return each.first.starts_with("projects["); });
        return found;
    };
    compare_keys(outside(in_force.written), outside(wanted.written), {}, all.keys);
    for (const key_change& change : all.keys) {
        const std::string block = change.key.substr(0, change.key.find('.'));
        all.service = all.service || block == "service";
        all.admin = all.admin || block == "admin";
        all.log = all.log || block == "log";
        const bool same_state = block == "state" && in_force.state == wanted.state;
        if (block != "service" && block != "admin" && block != "log" && !same_state) {
            all.refusals.push_back(
                fmt::format("{}: {}: cannot change while the daemon runs; restart it, or write the "
                            "old value again",
                            change.key, to_string(change)));
        }
    }
}

} // namespace

std::string to_string(const key_change& change) {
    return fmt::format("{} → {}", change.before.value_or("its default"),
                       change.after.value_or("its default"));
}

changes compare(const configuration& in_force, const configuration& wanted) {
    changes all;
    compare_rest(in_force, wanted, all);
    compare_projects(in_force, wanted, all);
    return all;
}

} // namespace retraind::config
