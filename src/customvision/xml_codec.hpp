#pragma once

#include "retraind/base/error.hpp"

#include <boost/json/value.hpp>

#include <string_view>

namespace retraind::customvision {

/// An XML answer as the document that a JSON one would be, as far as XML tells: an element with
/// elements in it is an object, one that is repeated an array, `nil` null, and everything else a
/// text, because numbers, flags and lists of one look like texts and objects. Prefixes, namespaces
/// and attributes are dropped, names decoded (`horizontal_x0020_flip`). Entities beyond XML's own
/// are not expanded. Fails with `protocol` for what is not well-formed, is no UTF-8, too large or
/// too deep, or a web page. Pure.
[[nodiscard]] result<boost::json::value> parse_xml(std::string_view body);

/// `text` as the content of an element. Line ends keep their form; what XML 1.0 has no way to write
/// (control characters) becomes U+FFFD. Pure.
[[nodiscard]] std::string escape_xml(std::string_view text);

} // namespace retraind::customvision
