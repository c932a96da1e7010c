#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <pugixml.hpp>

#include "retraind/customvision/media_type_rules.hpp"

namespace retraind::testing {

/// Bodies of requests read by code that shares nothing with what writes them: into JSON values in
/// which every scalar is a text, and a list is an array where `lists` names it.
inline const std::vector<std::string> lists{"images", "tagIds", "regions", "selectedTags", "tags"};

inline bool is_list(std::string_view name) {
    return std::find(lists.begin(), lists.end(), name) != lists.end();
}

inline std::string plain_number(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.12g", number);
    return text;
}

inline boost::json::value texts_only(const boost::json::value& from) {
    if (const auto* object = from.if_object()) {
        boost::json::object made;
        for (const auto& each : *object) {
            made.emplace(each.key(), texts_only(each.value()));
        }
        return made;
    }
    if (const auto* list = from.if_array()) {
        boost::json::array made;
        for (const auto& each : *list) {
            made.push_back(texts_only(each));
        }
        return made;
    }
    if (from.is_string()) {
        return from;
    }
    return boost::json::value(plain_number(from.to_number<double>()));
}

/// `_xHHHH_` and `_xHHHHHHHH_` of ASCII characters only; others by number, in braces.
inline std::string decoded_name(std::string name) {
    for (std::size_t at = name.find("_x"); at != std::string::npos; at = name.find("_x", at + 1)) {
        const std::size_t end = name.find('_', at + 1);
        const std::string digits =
            end == std::string::npos ? "" : name.substr(at + 2, end - at - 2);
        if (digits.size() != 4 && digits.size() != 8) {
            continue;
        }
        const auto number = std::stoul(digits, nullptr, 16);
        name.replace(at, end + 1 - at,
                     number < 128 ? std::string(1, static_cast<char>(number))
                                  : "{" + std::to_string(number) + "}");
    }
    return name;
}

inline std::string numbered_characters(std::string_view utf8) {
    std::string made;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        if (lead < 128) {
            made += utf8[at++];
            continue;
        }
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        unsigned long number = lead & (0xFFU >> (length + 1));
        for (std::size_t next = 1; next < length; ++next) {
            number = number << 6U | (static_cast<unsigned char>(utf8[at + next]) & 0x3FU);
        }
        made += "{" + std::to_string(number) + "}";
        at += length;
    }
    return made;
}

inline boost::json::value xml_value(const pugi::xml_node& element) {
    if (!element.first_child() || element.first_child().type() != pugi::node_element) {
        return boost::json::value(element.text().get());
    }
    boost::json::object made;
    for (const auto& child : element.children()) {
        const std::string name = decoded_name(child.name());
        if (is_list(name)) {
            if (!made.contains(name)) {
                made.emplace(name, boost::json::array());
            }
            made.at(name).as_array().push_back(xml_value(child));
        } else {
            BOOST_TEST_REQUIRE(!made.contains(name), name);
            made.emplace(name, xml_value(child));
        }
    }
    return made;
}

inline boost::json::value read_xml_body(const std::string& body, const std::string& root) {
    pugi::xml_document document;
    const auto parsed = document.load_buffer(body.data(), body.size(),
                                             pugi::parse_default | pugi::parse_ws_pcdata_single);
    BOOST_TEST_REQUIRE(static_cast<bool>(parsed), body.substr(0, 200) << parsed.description());
    BOOST_TEST(document.document_element().name() == root);
    boost::json::value value = xml_value(document.document_element());
    return value.is_string() ? boost::json::value(boost::json::object()) : value;
}

inline std::string percent_decoded(std::string_view text) {
    std::string made;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%') {
            made += static_cast<char>(std::stoi(std::string(text.substr(at + 1, 2)), nullptr, 16));
            at += 2;
        } else {
            const bool plain = std::isalnum(static_cast<unsigned char>(text[at])) != 0 ||
                               std::string_view("-._~").find(text[at]) != std::string_view::npos;
            BOOST_TEST_REQUIRE(plain, text);
            made += text[at];
        }
    }
    return made;
}

/// Puts `text` where `key` says: `images[0].tagIds[1]`.
inline void place(boost::json::value& root, std::string_view key, const std::string& text) {
    boost::json::value* at = &root;
    while (!key.empty()) {
        if (key.front() == '[') {
            const auto end = key.find(']');
            const auto index = std::stoul(std::string(key.substr(1, end - 1)));
            if (at->is_null()) {
                at->emplace_array();
            }
            auto& list = at->as_array();
            BOOST_TEST_REQUIRE(index <= list.size(), key);
            if (index == list.size()) {
                list.emplace_back(nullptr);
            }
            at = &list[index];
            key.remove_prefix(end + 1);
            continue;
        }
        key.remove_prefix(key.front() == '.' ? 1 : 0);
        const auto end = std::min(key.find_first_of(".["), key.size());
        if (at->is_null()) {
            at->emplace_object();
        }
        at = &at->as_object()[key.substr(0, end)];
        key.remove_prefix(end);
    }
    BOOST_TEST_REQUIRE(at->is_null(), "twice the same key");
    *at = text;
}

inline boost::json::value read_form_body(std::string_view body) {
    boost::json::value root = boost::json::object();
    while (!body.empty()) {
        const auto end = std::min(body.find('&'), body.size());
        const std::string_view pair = body.substr(0, end);
        const auto equals = pair.find('=');
        BOOST_TEST_REQUIRE(equals != std::string_view::npos, pair);
        place(root, percent_decoded(pair.substr(0, equals)),
              percent_decoded(pair.substr(equals + 1)));
        BOOST_TEST_REQUIRE((end == body.size() || end + 1 < body.size()), "an empty pair");
        body.remove_prefix(std::min(end + 1, body.size()));
    }
    if (const auto* pairs = root.as_object().if_contains("metadata")) {
        boost::json::object map;
        for (const auto& each : pairs->as_array()) {
            map.emplace(each.at("Key").as_string(), each.at("Value"));
        }
        root.as_object()["metadata"] = std::move(map);
    }
    return root;
}

/// Numbers are texts of 12 digits (Boost.JSON does not read the last ones exactly) whatever
/// notation they came in, names of metadata have their characters beyond ASCII by number.
inline boost::json::value normal(boost::json::value from) {
    if (auto* object = from.if_object()) {
        boost::json::object made;
        for (auto& each : *object) {
            const bool number = each.key() == "left" || each.key() == "top" ||
                                each.key() == "width" || each.key() == "height";
            made.emplace(numbered_characters(each.key()),
                         number ? boost::json::value(plain_number(
                                      std::stod(std::string(each.value().as_string()))))
                                : normal(each.value()));
        }
        return made;
    }
    if (auto* list = from.if_array()) {
        for (auto& each : *list) {
            each = normal(each);
        }
    }
    return from;
}

inline boost::json::value read_body(const std::string& body, const std::string& root,
                                    customvision::notation written) {
    switch (written) {
    case customvision::notation::json:
        break;
    case customvision::notation::xml:
        return normal(read_xml_body(body, root));
    case customvision::notation::form:
        return normal(read_form_body(body));
    }
    return normal(texts_only(boost::json::parse(body)));
}

inline constexpr customvision::notation all_notations[]{
    customvision::notation::json, customvision::notation::xml, customvision::notation::form};

} // namespace retraind::testing
