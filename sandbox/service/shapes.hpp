#pragma once

#include <boost/json/value.hpp>

#include <vector>

#include "sandbox/service/domains.hpp"
#include "sandbox/service/entities.hpp"
#include "sandbox/service/picture_links.hpp"

/// What the service's objects look like on the wire: members, their order, null or absent, as in
/// recorded traffic. `minor` is that of the API version (versions.hpp).
namespace sandbox::service {

[[nodiscard]] boost::json::value domain_shape(const domain& shown, int minor);
[[nodiscard]] boost::json::value project_shape(const project& shown, int minor);
[[nodiscard]] boost::json::value tag_shape(const tag& shown);
[[nodiscard]] boost::json::value iteration_shape(const iteration& shown, int minor);

/// Whether an image's tags and regions say their names: lists do, answers to uploads have null.
enum class tag_names { shown, null };

[[nodiscard]] boost::json::value image_shape(const image& shown, const image_links& links,
                                             tag_names names, int minor);

/// An array of what `shape` makes of each.
template <class Things, class Shape>
[[nodiscard]] boost::json::value array_of(const Things& things, const Shape& shape) {
    boost::json::array array;
    array.reserve(things.size());
    for (const auto& each : things) {
        array.emplace_back(shape(each));
    }
    return array;
}

} // namespace sandbox::service
