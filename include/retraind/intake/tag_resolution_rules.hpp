#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/intake/label_rules.hpp"
#include "retraind/intake/reasons.hpp"

namespace retraind::intake {

/// A tag that the project has.
struct known_tag {
    std::string name; ///< as the service writes it
    tag_id id;

    bool operator==(const known_tag&) const = default;
};

/// A label that an existing tag stands for although its name differs in case.
struct tag_alias {
    std::string label;
    std::string tag;

    bool operator==(const tag_alias&) const = default;
};

/// A picture's tags. Unless `to_create` is empty the picture cannot be sent yet: create the first
/// of them, tell `add_known`, and resolve again; two pictures may want the same new tag.
struct resolved_tags {
    std::vector<tag_id> ids;            ///< unique, sorted
    std::vector<std::string> to_create; ///< unique without regard to case
    std::vector<tag_alias> to_say;      ///< aliases met for the first time

    bool operator==(const resolved_tags&) const = default;
};

using tag_resolution = std::variant<resolved_tags, held, refusal>;

/// From tag names to the tags of one project: the exact name after NFC and trimming first; else the
/// one existing tag that differs only in case; else a new one, where that is allowed.
class tag_resolution_rules {
public:
    /// `one_tag_a_picture`: the project is multi-class, several labels are a conflict.
    explicit tag_resolution_rules(bool one_tag_a_picture);

    /// Replaces what the project has; what has been said stays said.
    void set_known(std::span<const known_tag> tags);
    void add_known(const known_tag& tag);

    /// Held: a tag is missing and `create_tags` is false, or several tags fit equally well.
    [[nodiscard]] tag_resolution resolve(const labels& wanted, bool create_tags);

private:
    using matches = std::vector<known_tag>;

    /// The tags that fit `label` best: none, one, or as many as cannot be told apart.
    [[nodiscard]] matches find(const std::string& label) const;
    void note_alias(const std::string& label, const std::string& tag, resolved_tags& found);

    bool one_tag_a_picture_;
    std::map<std::string, matches> exact_;
    std::map<std::string, matches> folded_;
    std::set<std::pair<std::string, std::string>> said_;
};

} // namespace retraind::intake
