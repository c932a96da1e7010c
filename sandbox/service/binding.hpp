#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Members of documents as the types that operations want.
namespace sandbox::service {

/// A GUID in its wire form; nothing where the member is absent or none.
[[nodiscard]] std::optional<std::string> bind_guid(const boost::json::value& document,
                                                   std::string_view name);

/// A list of GUIDs, empty where the member is absent or null; nothing where one is no GUID.
[[nodiscard]] std::optional<std::vector<std::string>> bind_guids(const boost::json::value& document,
                                                                 std::string_view name);

/// A finite number.
[[nodiscard]] std::optional<double> bind_number(const boost::json::value& document,
                                                std::string_view name);

/// A number in single precision, as the service keeps numbers; nothing where it does not fit.
[[nodiscard]] std::optional<double> bind_single(const boost::json::value& document,
                                                std::string_view name);

} // namespace sandbox::service
