#pragma once

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "retraind/portal/record_codec.hpp"

namespace retraind::testing {

/// GUIDs that end with a digit.
inline std::string guid(int digit) {
    return "00000000-0000-0000-0000-00000000000" + std::to_string(digit);
}

/// An object with an id, a name and what `more` says (",\"a\":1").
inline std::string object(int digit, const std::string& name, const std::string& more = "") {
    return R"({"id":")" + guid(digit) + R"(","name":")" + name + "\"" + more + "}";
}

inline std::vector<portal::record> records(const std::vector<std::string>& objects) {
    std::string text = "[";
    for (const std::string& each : objects) {
        text += (text.size() > 1 ? "," : "") + each;
    }
    return portal::parse_records(text + "]").value();
}

inline void check_has(const std::string& text, const std::string& part) {
    BOOST_TEST(text.find(part) != std::string::npos, text << " lacks " << part);
}

} // namespace retraind::testing
