#include "retraind/intake/region_rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace retraind::intake {
namespace {

/// Rounded coordinates end this far outside, in parts of a side.
constexpr double rounding = 1e-3;
/// How far the ratio of two copies' sides may differ: each was rounded to whole pixels.
constexpr double ratio_tolerance = 0.02;
/// The first EXIF orientation whose sides are swapped.
constexpr unsigned first_swapped = 5;

bool swaps_sides(const picture& shown) {
    return shown.orientation >= first_swapped;
}

picture_size stored_size(const picture& shown) {
    return {static_cast<double>(shown.width), static_cast<double>(shown.height)};
}

bool same(const picture_size& left, const picture_size& right) {
    return left.width == right.width && left.height == right.height;
}

bool same_ratio(const picture_size& left, const picture_size& right) {
    const double one = left.width * right.height;
    const double other = left.height * right.width;
    const double pixel = std::max({left.width, left.height, right.width, right.height});
    return std::abs(one - other) <= ratio_tolerance * std::max(one, other) + pixel;
}

struct named_edge {
    std::string_view name;
    double at;
    double pixel; ///< in parts of its side
};

result<void> check_edge(const named_edge& edge) {
    const double tolerance = std::max(rounding, edge.pixel);
    if (std::isfinite(edge.at) && edge.at >= -tolerance && edge.at <= 1 + tolerance) {
        return {};
    }
    return fail(errc::invalid,
                fmt::format("{} edge lies at {:.4g} of the picture's side; a box lies within 0 "
                            "and 1",
                            edge.name, edge.at));
}

/// The length from `from` to `to`, such that their sum is never above 1: the service adds them.
double length(double from, double to) {
    double span = to - from;
    while (from + span > 1) {
        span = std::nextafter(span, 0);
    }
    return span;
}

} // namespace

picture_size upright_size(const picture& shown) {
    picture_size size = stored_size(shown);
    if (swaps_sides(shown)) {
        std::swap(size.width, size.height);
    }
    return size;
}

result<drawn_on> judge_stated_size(const picture_size& stated, const picture& shown) {
    const picture_size upright = upright_size(shown);
    if (stated.width == 0 && stated.height == 0) {
        return drawn_on::upright;
    }
    const bool can_be_stored = swaps_sides(shown);
    if (!same(stated, upright) && can_be_stored && same(stated, stored_size(shown))) {
        return drawn_on::stored;
    }
    if (stated.width > 0 && stated.height > 0) {
        if (same_ratio(stated, upright)) {
            return drawn_on::upright;
        }
        if (can_be_stored && same_ratio(stated, stored_size(shown))) {
            return drawn_on::stored;
        }
    }
    return fail(errc::invalid,
                fmt::format("{:g} x {:g} pixels, but the picture has {:g} x {:g}; is it another "
                            "picture's?",
                            stated.width, stated.height, upright.width, upright.height));
}

box_edges turn_upright(const box_edges& stored, unsigned orientation) {
    const auto& [left, top, right, bottom] = stored;
    switch (orientation) {
    case 2:
        return {1 - right, top, 1 - left, bottom};
    case 3:
        return {1 - right, 1 - bottom, 1 - left, 1 - top};
    case 4:
        return {left, 1 - bottom, right, 1 - top};
    case 5:
        return {top, left, bottom, right};
    case 6:
        return {1 - bottom, left, 1 - top, right};
    case 7:
        return {1 - bottom, 1 - right, 1 - top, 1 - left};
    case 8:
        return {top, 1 - right, bottom, 1 - left};
    default:
        return stored;
    }
}

result<region_label> make_region(std::string tag, const box_edges& drawn, const picture& shown) {
    const picture_size size = upright_size(shown);
    const std::array edges{named_edge{"left", drawn.left, 1 / size.width},
                           named_edge{"top", drawn.top, 1 / size.height},
                           named_edge{"right", drawn.right, 1 / size.width},
                           named_edge{"bottom", drawn.bottom, 1 / size.height}};
    for (const named_edge& each : edges) {
        if (result<void> inside = check_edge(each); !inside) {
            return tl::unexpected(std::move(inside.error()));
        }
    }
    const auto clipped = [](double at) {
        return std::clamp(at, 0.0, 1.0);
    };
    region_label made;
    made.tag = std::move(tag);
    made.left = clipped(drawn.left);
    made.top = clipped(drawn.top);
    made.width = length(made.left, clipped(drawn.right));
    made.height = length(made.top, clipped(drawn.bottom));
    if (!(made.width > 0)) {
        return fail(errc::invalid, "width is not above 0");
    }
    if (!(made.height > 0)) {
        return fail(errc::invalid, "height is not above 0");
    }
    return made;
}

result<void> check_region_count(std::size_t count) {
    if (count <= most_regions) {
        return {};
    }
    return fail(errc::invalid,
                fmt::format("{} boxes; the service takes at most {}", count, most_regions));
}

} // namespace retraind::intake
