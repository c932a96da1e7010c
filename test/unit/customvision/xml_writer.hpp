#pragma once

#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

namespace retraind::testing {

/// The two shapes that CONTRACT.md section 7 argues for, and what servers vary in.
struct style {
    bool wrapped = false;    ///< DataContractSerializer: lists wrapped, a namespace, nil
    const char* prefix = ""; ///< "a:"
    bool upper = false;      ///< member names begin with a capital
    const char* space = "";  ///< between elements
    bool cdata = false;
};

inline std::string escaped(std::string_view text, bool cdata) {
    if (cdata && text.find("]]>") == std::string_view::npos && !text.empty()) {
        return "<![CDATA[" + std::string(text) + "]]>";
    }
    std::string made;
    for (const char each : text) {
        made += each == '&'   ? "&amp;"
                : each == '<' ? "&lt;"
                : each == '>' ? "&#x3E;"
                              : std::string(1, each);
    }
    return made;
}

inline std::string encoded_key(std::string_view key) {
    std::string made;
    for (const char each : key) {
        made += each == ' ' ? "_x0020_" : std::string(1, each);
    }
    return made;
}

class xml_writer {
public:
    explicit xml_writer(style how) : how_(how) {}

    std::string root(const std::string& name, const boost::json::value& value) {
        const std::string spaces =
            how_.wrapped ? " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" "
                           "xmlns=\"http://schemas.datacontract.org/2004/07/Iris.Web.Api.Models\" "
                           "xmlns:a=\"urn:a\""
                         : "";
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- c -->" +
               element(name, content(name, value), spaces);
    }

private:
    std::string element(const std::string& name, const std::string& inside,
                        const std::string& attributes = "") {
        const std::string full = how_.prefix + name;
        return how_.space + ("<" + full) + attributes + ">" + inside + "</" + full + ">";
    }

    std::string content(const std::string& name, const boost::json::value& value) {
        if (value.is_object()) {
            return members(name, value.as_object());
        }
        if (value.is_array()) {
            std::string made;
            for (const auto& each : value.as_array()) {
                made += element(how_.wrapped ? "Item" : "item", content("", each));
            }
            return made + how_.space;
        }
        if (value.is_string()) {
            return escaped(value.as_string(), how_.cdata);
        }
        return value.is_null() ? "" : boost::json::serialize(value);
    }

    std::string members(const std::string& of, const boost::json::object& object) {
        std::string made;
        for (const auto& each : object) {
            std::string name = encoded_key(each.key());
            if (of == "metadata") {
                made += entry(std::string(each.key()), each.value());
                continue;
            }
            if (how_.upper) {
                name[0] = static_cast<char>(std::toupper(name[0]));
            }
            made += member(name, std::string(each.key()), each.value());
        }
        return made + how_.space;
    }

    std::string member(const std::string& name, const std::string& key,
                       const boost::json::value& value) {
        if (value.is_null()) {
            return how_.wrapped ? element(name, "", " i:nil=\"true\"") : "";
        }
        if (value.is_array() && !how_.wrapped) {
            std::string made;
            for (const auto& each : value.as_array()) {
                made += element(name, content(key, each));
            }
            return made;
        }
        return element(name, content(key, value));
    }

    std::string entry(const std::string& name, const boost::json::value& value) {
        if (how_.wrapped) {
            return element("KeyValueOfstringstring",
                           element("Key", escaped(name, false)) +
                               element("Value", escaped(value.as_string(), false)));
        }
        return element(encoded_key(name), escaped(value.as_string(), how_.cdata));
    }

    style how_;
};

inline const std::vector<style> styles{
    {false, "", false, "", false},    {false, "", true, "\n  ", false}, {true, "", true, "", false},
    {true, "a:", false, "\n", false}, {false, "", false, "\t", true},
};

} // namespace retraind::testing
