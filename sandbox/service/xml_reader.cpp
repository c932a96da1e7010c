#include "sandbox/service/xml_codec.hpp"

#include <pugixml.hpp>

#include <algorithm>

#include "sandbox/http/message.hpp"
#include "sandbox/service/untyped.hpp"
#include "sandbox/service/utf8.hpp"
#include "sandbox/service/xml_names.hpp"

namespace sandbox::service {

namespace json = boost::json;

namespace {

std::string_view local_name(std::string_view name) {
    return name.substr(name.find(':') + 1);
}

bool is_element(const pugi::xml_node& node) {
    return node.type() == pugi::node_element;
}

bool has_elements(const pugi::xml_node& of) {
    return std::any_of(of.begin(), of.end(), is_element);
}

/// xsi:nil, whatever the prefix.
bool is_nil(const pugi::xml_node& element) {
    for (const pugi::xml_attribute& each : element.attributes()) {
        if (local_name(each.name()) == "nil") {
            return each.as_bool();
        }
    }
    return false;
}

/// Reads elements by their types, which bounds the depth whatever the document's is.
class reader {
public:
    json::value read(const pugi::xml_node& element, const body_type& as) {
        if (is_nil(element)) {
            return nullptr;
        }
        switch (as.is) {
        case body_type::form::object:
            return read_object(element, as);
        case body_type::form::map:
            return read_map(element, as);
        case body_type::form::list: {
            json::array items;
            append_items(element, *as.item, items);
            return items;
        }
        default:
            return typed_value(text_of(element), as.is);
        }
    }

    [[nodiscard]] bool has_failed() const { return has_failed_; }

private:
    json::string text_of(const pugi::xml_node& element) {
        json::string text;
        for (const pugi::xml_node& part : element.children()) {
            if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) {
                text.append(std::string_view(part.value()));
            }
        }
        has_failed_ |= !is_utf8(text);
        return text;
    }

    json::value read_object(const pugi::xml_node& element, const body_type& as) {
        json::object object;
        for (const pugi::xml_node& child : element.children()) {
            const body_member* known =
                is_element(child) ? as.find(local_name(child.name())) : nullptr;
            if (known == nullptr) {
                continue;
            }
            json::value& place = object[known->name];
            if (known->type->is != body_type::form::list) {
                place = read(child, *known->type);
            } else if (!is_nil(child)) {
                append_items(child, *known->type->item,
                             place.is_array() ? place.get_array() : place.emplace_array());
            }
        }
        return object;
    }

    /// `element` is an item, or the wrapper of several.
    void append_items(const pugi::xml_node& element, const body_type& item, json::array& to) {
        if (!is_wrapper(element, item)) {
            to.push_back(read(element, item));
            return;
        }
        for (const pugi::xml_node& child : element.children()) {
            if (is_element(child)) {
                to.push_back(read(child, item));
            }
        }
    }

    /// An item that is text has no elements, one that is an object only its members.
    bool is_wrapper(const pugi::xml_node& element, const body_type& item) {
        if (!has_elements(element)) {
            return item.is == body_type::form::object ||
                   text_of(element).find_first_not_of(" \t\r\n") == json::string::npos;
        }
        return std::none_of(element.begin(), element.end(), [&](const pugi::xml_node& child) {
            return is_element(child) && item.find(local_name(child.name())) != nullptr;
        });
    }

    /// Elements named like the keys, or the pairs that DataContractSerializer makes of a
    /// dictionary.
    json::value read_map(const pugi::xml_node& element, const body_type& as) {
        json::object map;
        for (const pugi::xml_node& child : element.children()) {
            if (!is_element(child)) {
                continue;
            }
            const auto [key, value] = pair_in(child);
            if (key && value) {
                map[text_of(key)] = read(value, *as.item);
            } else {
                const std::string name = decode_name(local_name(child.name()));
                has_failed_ |= !is_utf8(name);
                map[name] = read(child, *as.item);
            }
        }
        return map;
    }

    static std::pair<pugi::xml_node, pugi::xml_node> pair_in(const pugi::xml_node& element) {
        std::pair<pugi::xml_node, pugi::xml_node> found;
        for (const pugi::xml_node& child : element.children()) {
            if (local_name(child.name()) == "Key") {
                found.first = child;
            } else if (local_name(child.name()) == "Value") {
                found.second = child;
            }
        }
        return found;
    }

    bool has_failed_ = false;
};

/// The only element of a document without DOCTYPE; an empty node else.
pugi::xml_node root_of(const pugi::xml_document& document) {
    pugi::xml_node root;
    for (const pugi::xml_node& node : document.children()) {
        if (node.type() == pugi::node_doctype || (is_element(node) && root)) {
            return {};
        }
        root = is_element(node) ? node : root;
    }
    return root;
}

} // namespace

std::optional<json::value> read_xml(std::string& body, const body_type& as) {
    // Escapes, CDATA, line ends and text of blanks alone as XML has them; entities are not
    // expanded.
    constexpr unsigned options = pugi::parse_escapes | pugi::parse_eol | pugi::parse_cdata |
                                 pugi::parse_ws_pcdata_single | pugi::parse_doctype |
                                 pugi::parse_declaration;
    pugi::xml_document document;
    if (!document.load_buffer_inplace(body.data(), body.size(), options)) {
        return std::nullopt;
    }
    const pugi::xml_node root = root_of(document);
    const bool is_expected = as.is == body_type::form::map ||
                             http::equal_without_case(local_name(root.name()), as.schema);
    if (!root || !is_expected) {
        return std::nullopt;
    }
    reader reading;
    json::value value = reading.read(root, as);
    return reading.has_failed() ? std::nullopt : std::optional(std::move(value));
}

} // namespace sandbox::service
