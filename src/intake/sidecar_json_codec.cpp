#include "retraind/intake/sidecar_json_codec.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sidecar_json.hpp"
#include "sidecar_text.hpp"
#include "tag_name.hpp"

namespace retraind::intake {

namespace json = boost::json;

namespace {

result<void> check_members(const json::object& from, std::span<const std::string_view> known) {
    for (const auto& member : from) {
        const std::string_view name(member.key().data(), member.key().size());
        if (std::ranges::find(known, name) == known.end()) {
            return fail(errc::invalid, fmt::format("has a member \"{}\"; known are {}",
                                                   excerpt(name), fmt::join(known, ", ")));
        }
    }
    return {};
}

result<region_label> read_region(const json::value& from, const picture& shown) {
    constexpr std::array<std::string_view, 5> known{"tag", "left", "top", "width", "height"};
    if (!from.is_object()) {
        return fail(errc::invalid, "is no object");
    }
    const json::object& region = from.get_object();
    if (result<void> good = check_members(region, known); !good) {
        return tl::unexpected(std::move(good.error()));
    }
    const result<std::string_view> text = json_text(region, "tag");
    if (!text) {
        return tl::unexpected(text.error());
    }
    auto tag = tag_name(*text);
    if (!tag) {
        return fail(errc::invalid, "tag " + tag.error());
    }
    std::array<double, known.size() - 1> numbers{};
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        const result<double> number = json_number(region, known[at + 1]);
        if (!number) {
            return tl::unexpected(number.error());
        }
        numbers[at] = *number;
    }
    const auto [left, top, width, height] = numbers;
    return make_region(*std::move(tag), {left, top, left + width, top + height}, shown);
}

result<std::vector<region_label>> read_regions(const json::value& list, const picture& shown) {
    if (!list.is_array()) {
        return fail(errc::invalid, "regions is no list");
    }
    std::vector<region_label> regions;
    for (const json::value& each : list.get_array()) {
        result<region_label> region = read_region(each, shown);
        if (!region) {
            return tl::unexpected(region.error().in(fmt::format("regions[{}]", regions.size())));
        }
        regions.push_back(*std::move(region));
    }
    if (result<void> few = check_region_count(regions.size()); !few) {
        return tl::unexpected(std::move(few.error()));
    }
    return regions;
}

result<std::vector<std::string>> read_tags(const json::value& list) {
    if (!list.is_array()) {
        return fail(errc::invalid, "tags is no list");
    }
    std::vector<std::string> names;
    for (const json::value& each : list.get_array()) {
        const std::string where = fmt::format("tags[{}]", names.size());
        if (!each.is_string()) {
            return fail(errc::invalid, where + " is not a text");
        }
        auto name = tag_name({each.get_string().data(), each.get_string().size()});
        if (!name) {
            return fail(errc::invalid, where + " " + name.error());
        }
        names.push_back(*std::move(name));
    }
    return sorted_names(std::move(names));
}

} // namespace

result<sidecar_labels> read_sidecar_json(std::string_view text, const picture& shown) {
    constexpr std::array<std::string_view, 2> known{"tags", "regions"};
    const result<json::value> document = parse_sidecar_json(text);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (!document->is_object()) {
        return fail(errc::invalid, "line 1: is no JSON object");
    }
    const json::object& root = document->get_object();
    if (result<void> good = check_members(root, known); !good) {
        return tl::unexpected(std::move(good.error()));
    }
    sidecar_labels found;
    if (const json::value* tags = root.if_contains("tags")) {
        result<std::vector<std::string>> names = read_tags(*tags);
        if (!names) {
            return tl::unexpected(std::move(names.error()));
        }
        found.tags = *std::move(names);
    }
    if (const json::value* list = root.if_contains("regions")) {
        result<std::vector<region_label>> regions = read_regions(*list, shown);
        if (!regions) {
            return tl::unexpected(std::move(regions.error()));
        }
        found.regions = *std::move(regions);
    }
    return found;
}

} // namespace retraind::intake
