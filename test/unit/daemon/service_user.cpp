#include "service_user.hpp"

#include <algorithm>
#include <functional>

#include <boost/test/unit_test.hpp>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

namespace retraind::testing {

using daemon::become;

namespace {

boost::test_tools::assertion_result by_root(boost::unit_test::test_unit_id) {
    return ::geteuid() == 0;
}

/// Whether it holds in a process of its own: becoming another user is for good.
bool holds_apart(const std::function<bool()>& condition) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::_exit(condition() ? 0 : 1);
    }
    int status = -1;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool in_group(gid_t wanted) {
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(0, ::getgroups(0, nullptr))));
    const int count = ::getgroups(static_cast<int>(groups.size()), groups.data());
    return count > 0 && std::find(groups.begin(), groups.end(), wanted) != groups.end();
}

} // namespace

BOOST_AUTO_TEST_SUITE(service_user)

BOOST_AUTO_TEST_CASE(root_becomes_the_user_with_its_groups_for_good,
                     *boost::unit_test::precondition(by_root)) {
    BOOST_TEST(holds_apart([] {
        const gid_t of_root = 4244;
        const bool set = ::setgroups(1, &of_root) == 0;
        const bool became = set && become({"nobody", "", {"4242"}}).has_value();
        return became && ::getuid() == 65534 && ::geteuid() == 65534 && ::getgid() == 65534 &&
               in_group(4242) && !in_group(of_root) && ::setuid(0) != 0;
    }));
    BOOST_TEST(holds_apart([] {
        return become({"65534", "4243", {}}).has_value() && ::getgid() == 4243;
    }));
}

BOOST_AUTO_TEST_CASE(an_unknown_name_is_said_and_changes_nothing) {
    for (const daemon::service_user& wanted :
         {daemon::service_user{"no such user", "", {}}, daemon::service_user{"root", "no such", {}},
          daemon::service_user{"root", "", {"no such"}}}) {
        const result<void> done = become(wanted);
        BOOST_TEST_REQUIRE(!done.has_value());
        BOOST_TEST(done.error().message.find("no such") != std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
