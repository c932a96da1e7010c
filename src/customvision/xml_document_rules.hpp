#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace retraind::customvision {

/// What the texts and objects of `parse_xml` stand for, once it is known what is looked for. Pure.

/// Nothing but white space: an element without content.
[[nodiscard]] bool is_blank_xml(const boost::json::value& value);
/// XML Schema's numbers; nothing for what is none.
[[nodiscard]] std::optional<double> xml_number(const boost::json::value& value);
/// true, false, 1, 0, in any case; nothing for another.
[[nodiscard]] std::optional<bool> xml_flag(const boost::json::value& value);

/// The member of that name, case ignored; null where there is none.
[[nodiscard]] const boost::json::value* xml_member(const boost::json::object& from,
                                                   std::string_view name);

/// The elements of a list. Repeated elements are an array. One object is a list that holds its
/// elements where it has a single member that is no text, else it is the one element: everything
/// this service lists has an id or a status, which are texts. Nothing for a text.
[[nodiscard]] std::optional<std::vector<const boost::json::value*>>
xml_items(const boost::json::value& list);

/// The entries of a map as DataContractSerializer writes them, `KeyValueOfstringstring` with Key
/// and Value; nothing where it is not written so, and members are keys.
[[nodiscard]] std::optional<std::map<std::string, std::string>>
xml_key_values(const boost::json::object& map);

} // namespace retraind::customvision
