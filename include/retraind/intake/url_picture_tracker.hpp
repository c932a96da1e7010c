#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retraind/intake/url_list_codec.hpp"

namespace retraind::intake {

/// A line of a list, and how many lines stand before it that count (blanks and comments do not).
struct list_line {
    std::uint32_t line = 0;
    std::uint32_t ordinal = 0;
    bool has_region = false;
};

/// One address with all that the lines of a list say of it.
struct list_picture {
    std::string url;
    std::vector<std::string> tags; ///< of all its lines; sorted, unique
    std::vector<region_label> regions;
    std::vector<list_line> lines; ///< in their order; never empty
};

/// A number that an address is counted by. Equal addresses have equal ones, and hardly any others.
[[nodiscard]] std::uint64_t address_key(std::string_view url);

/// Puts the lines of one picture together, wherever they stand in their list: several lines with
/// one address are several regions of one picture. Keeps 8 bytes a line and the pictures that are
/// not complete. Pure.
class url_picture_tracker {
public:
    /// `keys`: the key of every good line of the list, sorted.
    explicit url_picture_tracker(std::vector<std::uint64_t> keys) : keys_(std::move(keys)) {}

    /// A good line; the picture whose last line it is.
    [[nodiscard]] std::optional<list_picture> add(list_row row, std::uint32_t ordinal);

    /// After the last line: pictures that share their key with another address.
    [[nodiscard]] std::vector<list_picture> drain();

private:
    [[nodiscard]] std::size_t lines_of(std::string_view url) const;

    std::vector<std::uint64_t> keys_;
    std::unordered_map<std::string, list_picture> open_;
};

} // namespace retraind::intake
