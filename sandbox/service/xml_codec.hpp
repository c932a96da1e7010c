#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

#include "sandbox/service/body_types.hpp"

/// XML in the shapes of CONTRACT.md section 7.
namespace sandbox::service {

/// The document of an XML body, which is taken apart in place and is garbage afterwards. Any
/// namespace; the root is named like the type's schema (whatever it is called where that is a map);
/// names compare without case, those of a map are decoded and kept. A list is its elements under
/// the member's name, or wrapped in one element of that name; an empty element of that name is an
/// empty list. Nothing for what is not XML, has a DOCTYPE, or is not UTF-8 underneath.
[[nodiscard]] std::optional<boost::json::value> read_xml(std::string& body, const body_type& as);

/// A document as XML, UTF-8 without a declaration, in one line: no namespace, lists unwrapped, null
/// and empty lists left out, names encoded as XmlConvert.EncodeLocalName does. A list at the root
/// holds elements named like the rest of `root` after "ArrayOf". Characters that XML 1.0 has not
/// are replaced by U+FFFD. Floating-point numbers as in JSON.
[[nodiscard]] std::string xml_text(const boost::json::value& document, std::string_view root);

} // namespace sandbox::service
