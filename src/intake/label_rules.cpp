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

/// The folders on a picture's path and its file name.
struct place {
    std::vector<std::string_view> folders;
    std::string_view file;
};

place split(std::string_view path) {
    place found;
    while (true) {
        const std::size_t slash = path.find('/');
        if (slash == std::string_view::npos) {
            found.file = path;
            return found;
        }
        if (slash > 0) {
            found.folders.push_back(path.substr(0, slash));
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

label_rules::label_rules(const options& settings) : settings_(settings) {}

result<label_rules> label_rules::create(const options& settings) {
    label_rules rules(settings);
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

labelling label_rules::label(std::string_view path) const {
    for (const std::string_view folder : split(path).folders) {
        if (folder.starts_with('_')) {
            return held{fmt::format("it lies in \"{}\"; a folder whose name begins with _ is never "
                                    "a tag",
                                    printable(folder))};
        }
    }
    switch (settings_.tags.index()) {
    case 0:
        return from_folders(path, false);
    case 1:
        return from_folders(path, true);
    case 2:
        return from_pattern(path);
    default:
        return fixed_;
    }
}

labelling label_rules::from_folders(std::string_view path, bool every_level) const {
    std::vector<std::string_view> folders = split(path).folders;
    if (folders.empty()) {
        return without_label("it lies in no folder that names its tag; move it into one");
    }
    folders.resize(every_level ? folders.size() : 1);
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

labelling label_rules::from_pattern(std::string_view path) const {
    const std::string_view file = split(path).file;
    const std::string text = to_nfc(file).value_or(std::string(file));
    boost::smatch match;
    try {
        if (!boost::regex_match(text, match, pattern_->expression) || !match["tag"].matched) {
            return without_label(
                "its name does not match the pattern that names its tag; rename it");
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

labelling label_rules::without_label(std::string_view reason) const {
    if (settings_.without_label == unlabelled::untagged) {
        return labels{};
    }
    return held{fmt::format("{}, or set unlabelled: untagged", reason)};
}

result<void> check_fixed_tags(const std::vector<std::string>& names) {
    options settings;
    settings.tags = tags_fixed{names};
    return label_rules::create(settings).map([](const label_rules&) {});
}

} // namespace retraind::intake
