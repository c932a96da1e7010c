#include "shape.hpp"

#include <boost/json/array.hpp>

namespace retraind::config::schema {

namespace json = boost::json;

json::object text() {
    json::object made;
    made["type"] = json::array{"string", "number", "boolean"};
    made["minLength"] = 1;
    return made;
}

json::object matching(std::string_view pattern) {
    json::object made;
    made["type"] = "string";
    made["pattern"] = pattern;
    return made;
}

json::object words(const std::vector<std::string_view>& all) {
    json::object made;
    json::array& list = made["enum"].emplace_array();
    for (const std::string_view word : all) {
        list.emplace_back(word);
    }
    return made;
}

json::object list_of(json::object element) {
    json::object made;
    made["type"] = "array";
    made["items"] = std::move(element);
    return made;
}

json::object any_of(std::initializer_list<json::object> all) {
    json::object made;
    json::array& list = made["anyOf"].emplace_array();
    for (const json::object& each : all) {
        list.emplace_back(each);
    }
    return made;
}

} // namespace retraind::config::schema
