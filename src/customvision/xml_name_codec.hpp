#pragma once

#include <string>
#include <string_view>

namespace retraind::customvision {

/// A name as an XML element's, the way .NET's XmlConvert writes keys that are no XML names:
/// `horizontal flip` is `horizontal_x0020_flip`. More is encoded than must be, everything that is
/// not ASCII, because every reader undoes it. `name` is UTF-8 and not empty. Pure.
[[nodiscard]] std::string encode_xml_name(std::string_view name);

/// The reverse: `_xHHHH_` and `_xHHHHHHHH_` become the character they number; everything else, and
/// what numbers no character, stays as it is. Pure.
[[nodiscard]] std::string decode_xml_name(std::string_view name);

} // namespace retraind::customvision
