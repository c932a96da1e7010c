#include "retraind/intake/url_picture_tracker.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

namespace retraind::intake {
namespace {

void join(list_picture& picture, list_row row, std::uint32_t ordinal) {
    picture.lines.push_back({row.line, ordinal, row.region.has_value()});
    if (row.region) {
        picture.regions.push_back(std::move(*row.region));
    }
    std::vector<std::string> all;
    std::ranges::set_union(picture.tags, row.tags, std::back_inserter(all));
    picture.tags = std::move(all);
}

} // namespace

std::uint64_t address_key(std::string_view url) {
    return std::hash<std::string_view>()(url);
}

std::size_t url_picture_tracker::lines_of(std::string_view url) const {
    const auto same = std::ranges::equal_range(keys_, address_key(url));
    return same.size();
}

std::optional<list_picture> url_picture_tracker::add(list_row row, std::uint32_t ordinal) {
    const std::size_t lines = lines_of(row.url);
    if (lines <= 1) {
        list_picture whole;
        whole.url = row.url;
        join(whole, std::move(row), ordinal);
        return whole;
    }
    const auto found = open_.try_emplace(row.url).first;
    found->second.url = row.url;
    join(found->second, std::move(row), ordinal);
    if (found->second.lines.size() < lines) {
        return std::nullopt;
    }
    list_picture whole = std::move(found->second);
    open_.erase(found);
    return whole;
}

std::vector<list_picture> url_picture_tracker::drain() {
    std::vector<list_picture> rest;
    for (auto& [url, picture] : open_) {
        rest.push_back(std::move(picture));
    }
    open_.clear();
    std::ranges::sort(rest, {}, [](const list_picture& each) { return each.lines[0].ordinal; });
    return rest;
}

} // namespace retraind::intake
