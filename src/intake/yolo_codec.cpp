#include "retraind/intake/yolo_codec.hpp"

#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>

#include "sidecar_text.hpp"
#include "tag_name.hpp"

namespace retraind::intake {
namespace {

constexpr std::size_t fields_of_a_line = 5;
constexpr std::array<std::string_view, 4> number_names{"cx", "cy", "width", "height"};

result<std::string> class_name(std::string_view word, std::span<const std::string> classes) {
    std::size_t number = 0;
    const auto [end, failed] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (failed != std::errc() || end != word.data() + word.size()) {
        return fail(errc::invalid,
                    fmt::format("class is \"{}\", not a whole number from 0", excerpt(word)));
    }
    if (number >= classes.size() || classes[number].empty()) {
        return fail(errc::invalid, fmt::format("class is {}, but classes.txt has no name on its "
                                               "line {}",
                                               number, number + 1));
    }
    return classes[number];
}

result<region_label> read_line(const std::vector<std::string_view>& words,
                               std::span<const std::string> classes, const picture& shown) {
    if (words.size() != fields_of_a_line) {
        return fail(errc::invalid, fmt::format("has {} fields; a box is \"class cx cy width "
                                               "height\"",
                                               words.size()));
    }
    result<std::string> tag = class_name(words[0], classes);
    if (!tag) {
        return tl::unexpected(std::move(tag.error()));
    }
    std::array<double, number_names.size()> numbers{};
    for (std::size_t at = 0; at < numbers.size(); ++at) {
        const std::optional<double> number = number_of(words[at + 1]);
        if (!number) {
            return fail(errc::invalid, fmt::format("{} is \"{}\", not a number", number_names[at],
                                                   excerpt(words[at + 1])));
        }
        numbers[at] = *number;
    }
    const auto [x, y, width, height] = numbers;
    return make_region(*std::move(tag),
                       {x - width / 2, y - height / 2, x + width / 2, y + height / 2}, shown);
}

} // namespace

result<std::vector<std::string>> read_yolo_classes(std::string_view text) {
    std::vector<std::string> names;
    for (const std::string_view line : lines_of(text)) {
        if (words_of(line).empty()) {
            names.emplace_back();
            continue;
        }
        auto name = tag_name(line);
        if (!name) {
            return fail(errc::invalid, fmt::format("line {}: {}", names.size() + 1, name.error()));
        }
        names.push_back(*std::move(name));
    }
    return names;
}

result<sidecar_labels> read_yolo(std::string_view text, std::span<const std::string> classes,
                                 const picture& shown) {
    std::vector<region_label> regions;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        const std::vector<std::string_view> words = words_of(line);
        if (words.empty()) {
            continue;
        }
        result<region_label> region = read_line(words, classes, shown);
        if (!region) {
            return tl::unexpected(region.error().in(fmt::format("line {}", number)));
        }
        regions.push_back(*std::move(region));
    }
    if (result<void> few = check_region_count(regions.size()); !few) {
        return tl::unexpected(std::move(few.error()));
    }
    sidecar_labels found;
    found.regions = std::move(regions);
    return found;
}

} // namespace retraind::intake
