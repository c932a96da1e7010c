#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/intake/label_rules.hpp"
#include "retraind/intake/reasons.hpp"

namespace retraind::intake {

enum class tag_role { regular, negative, other };

/// A tag that the project has.
struct known_tag {
    std::string name; ///< as the service writes it
    tag_id id;
    tag_role kind = tag_role::regular;

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
    bool create_negative = false;       ///< the Negative tag is to be made, and nothing else

    bool operator==(const resolved_tags&) const = default;
};

using tag_resolution = std::variant<resolved_tags, held, refusal>;

/// The refusal of a picture that would carry the negative tag beside others; nothing where it is
/// not so.
[[nodiscard]] std::optional<refusal> refuse_mixed_labels(const labels& wanted);

/// What a project takes (CONTRACT.md section 4).
struct tag_terms {
    bool one_tag_a_picture = false; ///< multi-class: several labels are a conflict
    bool negative_tags = true;      ///< object detection trains with none
    std::size_t most_tags = 500;    ///< in the project: F0 50, S0 500
    std::size_t most_a_picture = 100;
};

/// What the Negative tag is called where this program makes it; the portal calls it the same.
inline constexpr std::string_view negative_tag_name = "Negative";

/// From labels to the tags of one project: the exact name after NFC and trimming first; else the
/// one existing tag that differs only in case; else a new one, where that is allowed and there is
/// room for it. `negative_label` is the project's one Negative tag, which stands alone on a picture
/// and goes by its type, never by its name.
class tag_resolution_rules {
public:
    explicit tag_resolution_rules(tag_terms terms);

    /// Replaces what the project has; what has been said stays said.
    void set_known(std::span<const known_tag> tags);
    void add_known(const known_tag& tag);

    /// Held: a tag is missing and `create_tags` is false or the project has no room for it, several
    /// tags fit equally well, or the one that fits is of another type. Refused: labels that cannot
    /// be on one picture.
    [[nodiscard]] tag_resolution resolve(const labels& wanted, bool create_tags);

private:
    using matches = std::vector<known_tag>;

    [[nodiscard]] tag_resolution resolve_negative(bool create_tags) const;
    [[nodiscard]] std::optional<refusal> refuse(const labels& wanted) const;
    /// Why no tag of that name can be made; nothing where it can.
    [[nodiscard]] std::optional<held> hold_new(const std::string& name, bool create_tags) const;
    [[nodiscard]] std::optional<held> hold_full(std::span<const std::string> fresh) const;

    /// The tags that fit `label` best: none, one, or as many as cannot be told apart.
    [[nodiscard]] matches find(const std::string& label) const;
    void note_alias(const std::string& label, const std::string& tag, resolved_tags& found);

    tag_terms terms_;
    std::map<std::string, matches> exact_;   ///< of regular tags
    std::map<std::string, matches> folded_;  ///< of regular tags
    std::map<std::string, tag_role> others_; ///< of tags of the other types, folded
    std::optional<tag_id> negative_;
    std::set<tag_id> all_;
    std::set<std::pair<std::string, std::string>> said_;
};

} // namespace retraind::intake
