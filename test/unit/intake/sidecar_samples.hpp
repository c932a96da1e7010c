#pragma once

#include <cmath>
#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

#include "retraind/intake/region_rules.hpp"

namespace retraind::intake::testing {

inline const picture wide{image_format::jpeg, 400, 200};

inline bool close_to(const region_label& one, const region_label& other) {
    const auto near = [](double left, double right) {
        return std::abs(left - right) < 1e-9;
    };
    return one.tag == other.tag && near(one.left, other.left) && near(one.top, other.top) &&
           near(one.width, other.width) && near(one.height, other.height);
}

/// The regions are these, in this order.
inline void check_regions(const result<sidecar_labels>& said,
                          const std::vector<region_label>& wanted) {
    BOOST_TEST_REQUIRE(said.has_value(), (said ? "" : said.error().message));
    BOOST_TEST_REQUIRE(said->regions.has_value());
    BOOST_TEST_REQUIRE(said->regions->size() == wanted.size());
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        BOOST_TEST(close_to((*said->regions)[at], wanted[at]), "box " << at);
    }
}

/// It fails, and its sentence holds each of the parts.
template <class Value>
void check_broken(const result<Value>& said, std::initializer_list<std::string_view> parts) {
    BOOST_TEST_REQUIRE(!said.has_value());
    for (const std::string_view part : parts) {
        BOOST_TEST((said.error().message.find(part) != std::string::npos),
                   said.error().message << " lacks " << part);
    }
}

} // namespace retraind::intake::testing
