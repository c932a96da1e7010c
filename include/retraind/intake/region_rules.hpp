#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/intake/image_probe.hpp"

namespace retraind::intake {

/// A box of an object by its tag's name, in parts of the upright picture's width and height (0 … 1)
/// from the top left.
struct region_label {
    std::string tag;
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;

    bool operator==(const region_label&) const = default;
};

/// What a sidecar says of its picture.
struct sidecar_labels {
    std::vector<std::string> tags; ///< of the whole picture; NFC, trimmed, sorted, unique
    /// Nothing where the sidecar does not speak of regions; empty where it says there are none.
    std::optional<std::vector<region_label>> regions;

    bool operator==(const sidecar_labels&) const = default;
};

/// The service's limit for one picture (CONTRACT.md section 4).
inline constexpr std::size_t most_regions = 300;

/// A box by its edges, in parts of a picture's width and height.
struct box_edges {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
};

struct picture_size {
    double width = 0;  ///< pixels
    double height = 0; ///< pixels
};

/// As a person sees it: EXIF orientations 5 to 8 swap the sides.
[[nodiscard]] picture_size upright_size(const picture& shown);

/// Which pixels a tool drew its boxes on.
enum class drawn_on {
    upright, ///< turned as EXIF says, as viewers show it
    stored,  ///< as the file holds them
};

/// Where a sidecar's boxes were drawn, by the size that it states for its picture. A size of 0 is
/// one that was not stated, and boxes are taken for upright unless the stated sides can only be the
/// stored ones. A smaller or larger copy counts as the same picture. Fails with a sentence where
/// the stated size is that of another picture.
[[nodiscard]] result<drawn_on> judge_stated_size(const picture_size& stated, const picture& shown);

/// A box of the stored pixels as it lies on the upright picture. `orientation` is EXIF's, 1 to 8.
[[nodiscard]] box_edges turn_upright(const box_edges& stored, unsigned orientation);

/// A region out of a box on the upright picture: what ends at most a pixel or a thousandth outside
/// is clipped. Fails with a sentence that begins with the edge for what ends further outside, is
/// no number, or has no width or height.
[[nodiscard]] result<region_label> make_region(std::string tag, const box_edges& drawn,
                                               const picture& shown);

/// Fails with a sentence for more than the service takes.
[[nodiscard]] result<void> check_region_count(std::size_t count);

} // namespace retraind::intake
