#include <algorithm>

#include "blocks.hpp"
#include "retraind/base/api_version.hpp"
#include "retraind/base/text.hpp"
#include "values.hpp"

namespace retraind::config {
namespace {

std::string_view first_with_metadata() {
    return std::ranges::find_if(api_versions, &api_version::metadata)->name;
}

/// As the service's own platform counts: UTF-16 units, so that no more is promised than is taken.
std::size_t characters_of(std::string_view text) {
    std::size_t count = 0;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        count += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
    }
    return count;
}

void check_text(reader& in, const YAML::Node& where, const std::string& text, std::string_view what,
                std::size_t most) {
    const auto is_control = [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
    };
    if (text.empty()) {
        in.wrong(where, fmt::format("the {} is empty", what));
    } else if (!to_nfc(text) || std::ranges::any_of(text, is_control)) {
        in.wrong(where, fmt::format("the {} is not plain text in UTF-8", what));
    } else if (characters_of(text) > most) {
        in.wrong(where, fmt::format("the {} has {} characters; the service takes at most {}", what,
                                    characters_of(text), most));
    }
}

boost::json::object text_up_to(std::size_t most) {
    boost::json::object made = schema::text();
    made["maxLength"] = most;
    return made;
}

} // namespace

shape metadata_shape() {
    constexpr intake::metadata_limits most;
    boost::json::object pairs;
    pairs["type"] = "object";
    pairs["maxProperties"] = most.pairs;
    boost::json::object names;
    names["minLength"] = 1;
    names["maxLength"] = most.key;
    pairs["propertyNames"] = std::move(names);
    pairs["additionalProperties"] = text_up_to(most.value);
    return {"block of text", std::move(pairs)};
}

void take_metadata(reader& in, const YAML::Node& node, draft& whole,
                   std::map<std::string, std::string>& target) {
    if (!node.IsMap()) {
        in.wrong(node, "is not a block of text; write {site: plant-7}");
        return;
    }
    constexpr intake::metadata_limits most;
    for (const auto& entry : node) {
        const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "";
        const reader::scope inside(in, name.empty() ? "?" : printable(name));
        check_text(in, entry.first, name, "key", most.key);
        if (!entry.second.IsScalar()) {
            in.wrong(entry.first, "is no text; metadata is one text a key");
            continue;
        }
        check_text(in, entry.second, entry.second.Scalar(), "text", most.value);
        if (!target.emplace(name, entry.second.Scalar()).second) {
            in.wrong(entry.first, "stands here twice; keep one");
        }
    }
    if (target.size() > most.pairs) {
        in.wrong(node, fmt::format("has {} keys; the service takes at most {}", target.size(),
                                   most.pairs));
    }
    const YAML::Mark mark = node.Mark();
    whole.metadata.push_back({in.path(), mark.line + 1, mark.column + 1});
}

void check_metadata(reader& in, const draft& whole) {
    const std::string& version = whole.result.service.api_version;
    const api_version* known = find_api_version(version);
    if (known == nullptr || known->metadata) {
        return;
    }
    for (const draft::key_place& each : whole.metadata) {
        in.wrong_at(each.line, each.column, each.key,
                    fmt::format("service.api_version {} has no metadata; take {} or a later one, "
                                "or take it out",
                                version, first_with_metadata()));
    }
}

} // namespace retraind::config
