#include "service_user.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <optional>

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/types.h>
#include <unistd.h>

namespace retraind::daemon {
namespace {

struct account {
    std::string name;
    uid_t user = 0;
    gid_t group = 0;
};

std::optional<unsigned> number_of(const std::string& text) {
    unsigned number = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), number);
    return wrong == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                    : std::nullopt;
}

result<account> account_of(const std::string& name) {
    const passwd* found = ::getpwnam(name.c_str());
    if (const auto number = number_of(name); found == nullptr && number) {
        found = ::getpwuid(*number);
    }
    if (found == nullptr) {
        return fail(errc::not_found, fmt::format("there is no user {}", name));
    }
    return account{found->pw_name, found->pw_uid, found->pw_gid};
}

result<gid_t> group_of(const std::string& name) {
    if (const group* found = ::getgrnam(name.c_str()); found != nullptr) {
        return found->gr_gid;
    }
    if (const auto number = number_of(name)) {
        return *number;
    }
    return fail(errc::not_found, fmt::format("there is no group {}", name));
}

/// Adds to those that the process has.
bool add_groups(const std::vector<gid_t>& more) {
    std::vector<gid_t> all(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
    if (::getgroups(static_cast<int>(all.size()), all.data()) < 0) {
        return false;
    }
    all.insert(all.end(), more.begin(), more.end());
    return ::setgroups(all.size(), all.data()) == 0;
}

} // namespace

result<void> become(const service_user& wanted) {
    result<account> user = account_of(wanted.name);
    if (!user) {
        return tl::unexpected(std::move(user.error()));
    }
    if (!wanted.group.empty()) {
        const result<gid_t> group = group_of(wanted.group);
        if (!group) {
            return tl::unexpected(group.error());
        }
        user->group = *group;
    }
    std::vector<gid_t> more;
    for (const std::string& each : wanted.groups) {
        const result<gid_t> group = group_of(each);
        if (!group) {
            return tl::unexpected(group.error());
        }
        more.push_back(*group);
    }
    const bool done = ::initgroups(user->name.c_str(), user->group) == 0 && add_groups(more) &&
                      ::setresgid(user->group, user->group, user->group) == 0 &&
                      ::setresuid(user->user, user->user, user->user) == 0;
    return done ? result<void>()
                : tl::unexpected(from_errno(errno, "becoming the user " + wanted.name));
}

} // namespace retraind::daemon
