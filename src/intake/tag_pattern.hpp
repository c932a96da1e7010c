#pragma once

#include <string>

#include <boost/regex.hpp>

#include "retraind/base/error.hpp"

namespace retraind::intake {

/// `check_tag_pattern`, and what it compiles to: Perl's syntax, which holds all of ECMAScript's
/// that names files, without regard to ASCII case.
[[nodiscard]] result<boost::regex> compile_tag_pattern(const std::string& pattern);

} // namespace retraind::intake
