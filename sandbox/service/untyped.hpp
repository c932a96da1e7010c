#pragma once

#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

#include "sandbox/service/body_types.hpp"

namespace sandbox::service {

/// Text as a value of a type that is no object, list or map: blanks around numbers and booleans do
/// not count, those in base64 neither. What is no number or boolean stays text, which then does not
/// bind. Takes the text's memory where it stays text.
[[nodiscard]] boost::json::value typed_value(boost::json::string text, body_type::form wanted);

} // namespace sandbox::service
