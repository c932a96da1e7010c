#include "retraind/watch/name_rules.hpp"

#include <algorithm>
#include <string_view>

#include "retraind/base/glob.hpp"

namespace retraind::watch {
namespace {

bool any_matches(const std::vector<std::string>& patterns, const char* name) {
    return std::any_of(patterns.begin(), patterns.end(), [name](const std::string& pattern) {
        return glob_matches(pattern.c_str(), name);
    });
}

bool is_result(const char* name) {
    return glob_matches("*.result.csv", name);
}

} // namespace

bool is_url_list(std::string_view name) {
    const std::string text(name.substr(name.rfind('/') + 1));
    return (glob_matches("*.urls", text.c_str()) || glob_matches("*.csv", text.c_str())) &&
           !is_result(text.c_str());
}

bool name_rules::excluded(const char* name) const {
    return std::string_view(name).starts_with(reserved_prefix) || any_matches(exclude_, name);
}

bool name_rules::enters_folder(const char* name) const {
    return !excluded(name);
}

bool name_rules::takes_file(const char* name) const {
    return !excluded(name) && !is_result(name) &&
           (is_url_list(name) || any_matches(include_, name));
}

bool name_rules::enters_path(const std::string& path) const {
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (!enters_folder(path.substr(begin, end - begin).c_str())) {
            return false;
        }
        begin = end + 1;
    }
    return true;
}

bool name_rules::takes_path(const std::string& path) const {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) {
        return takes_file(path.c_str());
    }
    return enters_path(path.substr(0, slash)) && takes_file(path.c_str() + slash + 1);
}

} // namespace retraind::watch
