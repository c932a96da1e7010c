#pragma once

#include <string>
#include <vector>

#include "retraind/config/reference.hpp"

namespace manual {

/// retraind.yaml's page for section 5, in roff's man macros: every key of the parser's table with
/// its type, its default and its meaning. `appendix` is roff.
[[nodiscard]] std::string
configuration_page(const std::vector<retraind::config::described_key>& keys,
                   const std::string& version, const std::string& appendix);

} // namespace manual
