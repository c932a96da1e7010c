#include "retraind/base/glob.hpp"

#include <fnmatch.h>

namespace retraind {

bool glob_matches(const char* pattern, const char* name) noexcept {
    return fnmatch(pattern, name, FNM_CASEFOLD | FNM_NOESCAPE) == 0;
}

} // namespace retraind
