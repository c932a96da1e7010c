#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/intake/options.hpp"
#include "retraind/intake/reasons.hpp"

namespace retraind::intake {

/// Among labels: the project's one Negative tag, whatever its name on the service is. Unlike that
/// name it never changes, so the ledger knows the same picture again after the tag was renamed.
inline constexpr std::string_view negative_label = "_negative";

/// The tags a picture is to carry: sorted, unique, NFC, trimmed. None means it goes untagged.
struct labels {
    std::vector<std::string> names;

    bool operator==(const labels&) const = default;
};

using labelling = std::variant<labels, held>;

/// From where a picture lies to what it shows, for one watched folder. What lies below the negative
/// folder, at any level and whatever the tags come from, has `negative_label` beside what else
/// labels it. Other folders whose name begins with `_` are never tags: what lies below one is held.
/// So is a picture whose tag would not be UTF-8 or would hold control characters.
class label_rules {
public:
    /// Fails with `invalid` and a sentence for a pattern that is no regular expression or has not
    /// exactly one group named `tag`, for fixed tags that are none, and for a negative folder that
    /// is no folder's name.
    [[nodiscard]] static result<label_rules> create(const options& settings);

    /// `path` is the picture's, below the watched folder, raw bytes. A pattern must match the whole
    /// file name (taken as NFC where it is UTF-8), without regard to ASCII case. With `tags: none`
    /// a picture goes untagged whatever `unlabelled` says.
    [[nodiscard]] labelling label(std::string_view path) const;

private:
    struct pattern;

    explicit label_rules(const options& settings);
    struct place;

    [[nodiscard]] place find(std::string_view path) const;
    [[nodiscard]] labelling from_folders(const place& where, bool every_level) const;
    [[nodiscard]] labelling from_pattern(const place& where) const;
    [[nodiscard]] labelling without_label(const place& where, std::string_view reason) const;

    options settings_;
    std::shared_ptr<const pattern> pattern_; ///< null unless tags come from one
    labels fixed_;
    std::optional<std::string> negative_folder_; ///< NFC, trimmed
};

} // namespace retraind::intake
