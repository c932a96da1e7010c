#pragma once

#include <string>
#include <string_view>

#include "manual/command_line.hpp"

namespace manual {

struct man_page_frame {
    std::string version;     ///< "0.1.0"
    std::string in_one_line; ///< behind the program's name in whatis
    std::string appendix;    ///< roff, behind what the command line tells: files, signals
};

/// The program's page for section 1, in roff's man macros.
[[nodiscard]] std::string man_page_of(const command& program, const man_page_frame& frame);

/// Plain text as roff that prints it: no character of it is read as a request or an escape.
[[nodiscard]] std::string roff(std::string_view text);

} // namespace manual
