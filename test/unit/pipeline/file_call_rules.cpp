#include "retraind/pipeline/file_call_rules.hpp"

#include <future>

#include <boost/test/unit_test.hpp>

#include "project_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(file_call_rules)

BOOST_AUTO_TEST_CASE(a_minute_is_not_too_long_and_more_is) {
    const mono_time began{1000h};
    BOOST_TEST(!judge_file_calls({}, began).has_value());
    BOOST_TEST(!judge_file_calls({{began, "/srv/a"}}, began + 60s).has_value());
    BOOST_TEST(judge_file_calls({{began, ""}}, began + 61s).value_or("") ==
               "a file call has not returned for more than 1m; the share may hang");
}

BOOST_AUTO_TEST_CASE(names_the_folders_of_the_calls_that_hang_and_of_no_others) {
    const mono_time began{1000h};
    const auto said = judge_file_calls({{began, "/srv/b"},
                                        {began, ""},
                                        {began, "/srv/a"},
                                        {began, "/srv/b"},
                                        {began + 30s, "/srv/quick"}},
                                       began + 61s);
    BOOST_TEST(said.value_or("") == "a file call in /srv/a and /srv/b has not returned for more "
                                    "than 1m; the share may hang");
}

BOOST_FIXTURE_TEST_CASE(one_call_of_a_project_that_hangs_is_seen_beside_others_that_do_not,
                        project_fixture) {
    std::promise<void> hanging;
    std::future<void> released = hanging.get_future();
    bool other_came = false;
    const auto both = [&]() -> task<> {
        runtime::task_group calls(loop.get_executor(), [](const std::exception_ptr&) {});
        auto hang = [&released] {
            released.wait();
        };
        calls.spawn(files.run(hang));
        auto nothing = [] {
        };
        co_await files.run(nothing);
        other_came = true;
        time.at = std::chrono::steady_clock::now() + 61s;
        BOOST_TEST(judge_file_calls(files.running(), time.now()).has_value());
        hanging.set_value();
        co_await calls.wait();
        BOOST_TEST(!judge_file_calls(files.running(), time.now()).has_value());
    };
    run(both());
    BOOST_TEST(other_came);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
