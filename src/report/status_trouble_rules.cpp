#include "retraind/report/status_trouble_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"

namespace retraind::report {
namespace {

bool is_absence(errc code) {
    return code == errc::not_found || code == errc::refused;
}

std::string names(const std::vector<std::string>& tried) {
    std::vector<std::string> shown;
    shown.reserve(tried.size());
    for (const std::string& each : tried) {
        shown.push_back("unix:" + printable(each));
    }
    return fmt::format("{}", fmt::join(shown, " or "));
}

} // namespace

bool says_more(const error& one, const error& other) {
    return !is_absence(one.code) && is_absence(other.code);
}

std::string status_trouble(const error& why, const std::vector<std::string>& tried) {
    if (is_absence(why.code)) {
        return fmt::format("not running: nothing listens at {}; `systemctl status retraind` says "
                           "why, where it is a service. Another configuration's daemon is named "
                           "with -c FILE",
                           names(tried));
    }
    if (why.code == errc::denied) {
        return fmt::format("{}; the socket is for root and for members of the group retraind: "
                           "`usermod -aG retraind NAME`, then log in again",
                           printable(why.message));
    }
    if (why.code == errc::timed_out) {
        return fmt::format("{} takes connections and does not answer; `systemctl status retraind` "
                           "and its log say what it is doing",
                           names(tried));
    }
    return fmt::format("{}: {}", names(tried), printable(why.message));
}

} // namespace retraind::report
