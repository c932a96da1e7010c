#include "retraind/intake/label_rules.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <utility>

#include <boost/regex.hpp>
#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "tag_name.hpp"
#include "tag_pattern.hpp"

namespace retraind::intake {
namespace {

/// A path's folders and, last, its file name.
std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t slash = path.find('/');
        if (slash == std::string_view::npos) {
            parts.push_back(path);
            return parts;
        }
        if (slash > 0) {
            parts.push_back(path.substr(0, slash));
        }
        path.remove_prefix(slash + 1);
    }
}

result<labels> fixed_labels(const tags_fixed& fixed) {
    std::vector<std::string> names;
    for (const std::string& raw : fixed.names) {
        auto name = tag_name(raw);
        if (!name) {
            return fail(errc::invalid, name.error());
        }
        names.push_back(*std::move(name));
    }
    if (names.empty()) {
        return fail(errc::invalid, "no fixed tag is named; name one, or write none");
    }
    return labels{sorted_names(std::move(names))};
}

} // namespace

struct label_rules::pattern {
    boost::regex expression;
};

/// Where a picture lies, as far as that says something of it.
struct label_rules::place {
    std::string_view
        first; ///< the first folder; empty where it lies in none, or in the negative one
    std::vector<std::string_view> folders; ///< all but the negative one
    std::string_view file;
    bool negative = false;
};

label_rules::label_rules(const options& settings) : settings_(settings) {}

result<label_rules> label_rules::create(const options& settings) {
    label_rules rules(settings);
    if (settings.negative_folder) {
        if (const result<void> good = check_negative_folder(*settings.negative_folder); !good) {
            return tl::unexpected(good.error());
        }
        rules.negative_folder_ = trim(to_nfc(*settings.negative_folder).value());
    }
    if (const auto* fixed = std::get_if<tags_fixed>(&settings.tags)) {
        result<labels> names = fixed_labels(*fixed);
        if (!names) {
            return tl::unexpected(std::move(names.error()));
        }
        rules.fixed_ = *std::move(names);
    }
    if (const auto* from = std::get_if<tags_from_pattern>(&settings.tags)) {
        result<boost::regex> expression = compile_tag_pattern(from->pattern);
        if (!expression) {
            return tl::unexpected(std::move(expression.error()));
        }
        rules.pattern_ = std::make_shared<const pattern>(pattern{*std::move(expression)});
    }
    return rules;
}

label_rules::place label_rules::find(std::string_view path) const {
    std::vector<std::string_view> parts = split(path);
    place found;
    found.file = parts.back();
    parts.pop_back();
    for (std::size_t at = 0; at < parts.size(); ++at) {
        const std::optional<std::string> composed = to_nfc(parts[at]);
        if (negative_folder_ && composed && trim(*composed) == *negative_folder_) {
            found.negative = true;
            continue;
        }
        found.first = at == 0 ? parts[at] : found.first;
        found.folders.push_back(parts[at]);
    }
    return found;
}

labelling label_rules::label(std::string_view path) const {
    const place where = find(path);
    for (const std::string_view folder : where.folders) {
        if (folder.starts_with('_')) {
            return held{
                fmt::format("it lies in \"{0}\"; a folder whose name begins with _ is never "
                            "a tag; if nothing that the project's tags stand for is on its "
                            "pictures, set negative_tag: {0}",
                            printable(folder))};
        }
    }
    labelling found = fixed_;
    if (std::holds_alternative<tags_from_pattern>(settings_.tags)) {
        found = from_pattern(where);
    } else if (std::holds_alternative<tags_from_folder>(settings_.tags) ||
               std::holds_alternative<tags_from_folders>(settings_.tags)) {
        found = from_folders(where, std::holds_alternative<tags_from_folders>(settings_.tags));
    }
    if (auto* names = std::get_if<labels>(&found); names != nullptr && where.negative) {
        names->names.emplace_back(negative_label);
        names->names = sorted_names(std::move(names->names));
    }
    return found;
}

labelling label_rules::from_folders(const place& where, bool every_level) const {
    std::vector<std::string_view> folders = where.folders;
    if (!every_level) {
        folders.clear();
        if (!where.first.empty()) {
            folders.push_back(where.first);
        }
    }
    if (folders.empty()) {
        return without_label(where, "it lies in no folder that names its tag; move it into one");
    }
    std::vector<std::string> names;
    for (const std::string_view folder : folders) {
        auto name = tag_name(folder);
        if (!name) {
            return held{"the folder " + name.error()};
        }
        names.push_back(*std::move(name));
    }
    return labels{sorted_names(std::move(names))};
}

labelling label_rules::from_pattern(const place& where) const {
    const std::string text = to_nfc(where.file).value_or(std::string(where.file));
    boost::smatch match;
    try {
        if (!boost::regex_match(text, match, pattern_->expression) || !match["tag"].matched) {
            return without_label(
                where, "its name does not match the pattern that names its tag; rename it");
        }
    } catch (const std::runtime_error&) {
        return held{"the pattern that names its tag takes too long on its name; rename it, or "
                    "make the pattern simpler"};
    }
    auto name = tag_name(match["tag"].str());
    if (!name) {
        return held{"its name's part " + name.error()};
    }
    return labels{{*std::move(name)}};
}

labelling label_rules::without_label(const place& where, std::string_view reason) const {
    if (where.negative || settings_.without_label == unlabelled::untagged) {
        return labels{};
    }
    return held{fmt::format("{}, or set unlabelled: untagged", reason)};
}

result<void> check_fixed_tags(const std::vector<std::string>& names) {
    options settings;
    settings.tags = tags_fixed{names};
    return label_rules::create(settings).map([](const label_rules&) {});
}

result<void> check_negative_folder(const std::string& name) {
    const std::optional<std::string> composed = to_nfc(name);
    const std::string_view trimmed = composed ? trim(*composed) : std::string_view();
    if (trimmed.empty() || trimmed == "." || trimmed == ".." || has_control(trimmed) ||
        trimmed.find('/') != std::string_view::npos) {
        return fail(errc::invalid, "is no folder's name; write one name without a slash, such as "
                                   "_negative");
    }
    return {};
}

} // namespace retraind::intake
