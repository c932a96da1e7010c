#pragma once

#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

namespace retraind::testing {

/// The `answers` of a file below test/data/customvision.
inline boost::json::array recorded_answers(const std::string& file) {
    std::ifstream stream(std::string(RETRAIND_TEST_DATA) + "/customvision/" + file);
    BOOST_TEST_REQUIRE(stream.good(), file);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    return boost::json::parse(text).at("answers").as_array();
}

inline std::string text_of(const boost::json::value& from, std::string_view name) {
    return std::string(std::string_view(from.at(name).as_string()));
}

template <class Id>
Id numbered(std::uint8_t number) {
    Id id;
    id.value.data[15] = number;
    return id;
}

} // namespace retraind::testing
