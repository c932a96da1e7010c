#pragma once

#include <string_view>

#include <boost/json/value.hpp>

#include "retraind/base/error.hpp"

namespace retraind::intake {

/// The document in `text`; fails with a sentence that names the line. Depth is limited.
[[nodiscard]] result<boost::json::value> parse_sidecar_json(std::string_view text);

/// The finite number under `name`; fails with a sentence that names it.
[[nodiscard]] result<double> json_number(const boost::json::object& from, std::string_view name);

/// The text under `name`; fails with a sentence that names it.
[[nodiscard]] result<std::string_view> json_text(const boost::json::object& from,
                                                 std::string_view name);

} // namespace retraind::intake
