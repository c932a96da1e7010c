#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/intake/region_rules.hpp"

namespace retraind::intake {

/// The boxes of a COCO file (`images`, `annotations`, `categories`), by their pictures.
/// Segmentation and key points are passed over, and so are annotations of crowds, whose box is that
/// of many.
class coco_index {
public:
    /// Fails with a sentence that names line or member for what is no such document. What is wrong
    /// with one picture's entries is kept, and said of that picture. Any bytes are safe.
    [[nodiscard]] static result<coco_index> read(std::string_view text);

    /// What it says of the picture whose `file_name` is `path`, below the file's own folder.
    /// Nothing where it does not know it. Fails with a sentence that names the member.
    [[nodiscard]] std::optional<result<sidecar_labels>> find(std::string_view path,
                                                             const picture& shown) const;

    /// How many pictures it knows.
    [[nodiscard]] std::size_t size() const noexcept { return pictures_.size(); }

private:
    struct annotation {
        std::size_t number = 0;   ///< its place in `annotations`
        std::size_t category = 0; ///< its place in `names_`
        double left = 0;          ///< pixels
        double top = 0;
        double width = 0;
        double height = 0;
    };
    struct entry {
        std::size_t number = 0; ///< its place in `images`
        picture_size stated;
        std::vector<annotation> boxes;
        std::string problem; ///< what is wrong with it; empty for nothing
    };

    class reader;

    [[nodiscard]] result<sidecar_labels> labels_of(const entry& found, const picture& shown) const;

    std::vector<std::string> names_; ///< of the categories
    std::vector<entry> pictures_;
    std::unordered_map<std::string, std::size_t> by_path_; ///< into `pictures_`, by `file_name`
};

} // namespace retraind::intake
