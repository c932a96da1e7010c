#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox::service {

/// What one comparison of a $filter asks of an image's metadata.
struct metadata_comparison {
    std::string key;
    std::string value;
    bool is_equal = true; ///< eq; else ne, which an image without the key meets

    friend bool operator==(const metadata_comparison&, const metadata_comparison&) = default;
};

/// One of these is met where all of its comparisons are: `and` binds closer than `or`. Empty:
/// every image.
using metadata_filter = std::vector<std::vector<metadata_comparison>>;

/// Reads the $filter of GetImages as the OpenAPI file describes it: `key1 eq 'value1' and key2 ne
/// 'value2'`, with eq, ne, and, or (any case), values in single quotes (doubled inside) and, as in
/// the file's example, "metadata=" before it all. Blank text is the filter of every image; nothing
/// where the text is no filter or has more than filter_comparisons.
[[nodiscard]] std::optional<metadata_filter> parse_metadata_filter(std::string_view text);

} // namespace sandbox::service
