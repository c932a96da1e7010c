#include "retraind/pipeline/key_keeper.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/stat.h>

#include "recording.hpp"
#include "scratch_folder.hpp"
#include "support/run_task.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string first = "first-key-0123456789";
const std::string second = "second-key-0123456789";

struct keeping {
    keeping() { put(first); }

    void put(const std::string& text) {
        folder.write("key", text);
        ::chmod(folder.at("key").c_str(), 0600);
    }
    bool reload() { return run_task(loop, keeper.reload()).has_value(); }
    std::string in_force() const { return std::string(keeper.current().reveal()); }

    /// Lets it watch until `reached`.
    void watch_until(const std::function<bool()>& reached) {
        bool ended = false;
        boost::asio::co_spawn(loop, keeper.watch(stop), [&](std::exception_ptr thrown) {
            BOOST_TEST(!thrown);
            ended = true;
        });
        loop.restart();
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        while (!reached() && loop.run_one_until(deadline) > 0) {
        }
        BOOST_TEST(reached());
        stop.request();
        while (!ended && loop.run_one_until(deadline) > 0) {
        }
        BOOST_TEST(ended);
    }

    scratch_folder folder;
    boost::asio::io_context loop;
    runtime::workers files{loop.get_executor(), 1};
    runtime::stop_signal stop{loop.get_executor()};
    event_recorder events;
    key_trial answer = key_trial::accepted;
    std::string objection;
    bool key_is_refused = false;
    int changes = 0;
    std::vector<std::string> tried;
    pipeline::key_keeper keeper{{folder.at("key"), {}},
                                {},
                                {files, events, system_clock(),
                                 [this](secret key) -> task<key_verdict> {
                                     tried.emplace_back(key.reveal());
                                     co_return key_verdict{answer, objection};
                                 },
                                 [this] { return key_is_refused; },
                                 [this] {
                                     ++changes;
                                 }}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(key_keeper, keeping)

BOOST_AUTO_TEST_CASE(the_first_key_needs_no_trial) {
    BOOST_TEST(reload());
    BOOST_TEST(in_force() == first);
    BOOST_TEST(tried.empty());
    BOOST_TEST(changes == 1);
    BOOST_TEST(events.all.empty());
}

BOOST_AUTO_TEST_CASE(no_key_at_all_is_a_failure_with_its_reason) {
    put("");
    const result<void> got = run_task(loop, keeper.reload());
    BOOST_TEST_REQUIRE(!got.has_value());
    BOOST_TEST(got.error().message.find("holds no key") != std::string::npos);
    BOOST_TEST(events.all.empty());
}

BOOST_AUTO_TEST_CASE(a_new_key_that_is_taken_replaces_the_old_one) {
    BOOST_TEST(reload());
    put(second);
    BOOST_TEST(reload());
    BOOST_TEST(in_force() == second);
    BOOST_TEST((tried == std::vector<std::string>{second}));
    BOOST_TEST(events.count(event_name::key_reloaded) == 1U);
    BOOST_TEST(changes == 2);
}

BOOST_AUTO_TEST_CASE(a_new_key_that_is_refused_leaves_the_old_one) {
    BOOST_TEST(reload());
    put(second);
    answer = key_trial::refused;
    BOOST_TEST(reload());
    BOOST_TEST(reload());
    BOOST_TEST(in_force() == first);
    BOOST_TEST(tried.size() == 1U);
    BOOST_TEST_REQUIRE(events.all.size() == 1U);
    BOOST_TEST((events.all[0].name == event_name::key_refused));
    BOOST_TEST(events.all[0].sentence.find("the key in use stays") != std::string::npos);
    BOOST_TEST(events.all[0].sentence.find(second) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_key_that_works_and_is_not_used_is_said_with_the_reason) {
    BOOST_TEST(reload());
    put(second);
    answer = key_trial::refused;
    objection = "answers without \"cats\"";
    BOOST_TEST(reload());
    BOOST_TEST(in_force() == first);
    BOOST_TEST_REQUIRE(events.all.size() == 1U);
    BOOST_TEST(events.all[0].sentence == "the new key in " + folder.at("key") +
                                             " answers without \"cats\"; the key in use stays");
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_compared_is_said_once_and_is_no_refusal) {
    BOOST_TEST(reload());
    put(second);
    answer = key_trial::unproven;
    objection = "answers without \"cats\"";
    BOOST_TEST(reload());
    BOOST_TEST(reload());
    BOOST_TEST(tried.size() == 2U);
    BOOST_TEST(in_force() == first);
    BOOST_TEST_REQUIRE(events.all.size() == 1U);
    BOOST_TEST((events.all[0].name == event_name::configuration_warning));
    BOOST_TEST(events.all[0].sentence == "the new key is not taken yet: the one in " +
                                             folder.at("key") +
                                             " answers without \"cats\"; the key in use stays");
    answer = key_trial::accepted;
    BOOST_TEST(reload());
    BOOST_TEST(in_force() == second);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_tried_is_not_taken_and_nothing_is_said) {
    BOOST_TEST(reload());
    put(second);
    answer = key_trial::undecided;
    BOOST_TEST(reload());
    BOOST_TEST(in_force() == first);
    BOOST_TEST(events.all.empty());
    answer = key_trial::accepted;
    BOOST_TEST(reload());
    BOOST_TEST(in_force() == second);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_worth_nothing_leaves_a_key_that_works) {
    BOOST_TEST(reload());
    put("");
    BOOST_TEST(reload());
    put(second);
    ::chmod(folder.at("key").c_str(), 0644);
    BOOST_TEST(reload());
    std::filesystem::remove(folder.at("key"));
    BOOST_TEST(reload());
    BOOST_TEST(in_force() == first);
    BOOST_TEST(tried.empty());
    BOOST_TEST(events.count(event_name::key_refused) == 3U);
}

BOOST_AUTO_TEST_CASE(with_a_refused_key_the_file_s_fault_is_the_reason) {
    BOOST_TEST(reload());
    key_is_refused = true;
    put("");
    const result<void> got = run_task(loop, keeper.reload());
    BOOST_TEST_REQUIRE(!got.has_value());
    BOOST_TEST(got.error().message.find("holds no key") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_changed_file_is_noticed_by_itself) {
    BOOST_TEST(reload());
    put(second);
    const auto begun = std::chrono::steady_clock::now();
    watch_until([this] { return changes == 2; });
    BOOST_TEST((std::chrono::steady_clock::now() - begun < std::chrono::seconds(10)));
    BOOST_TEST(in_force() == second);
}

BOOST_AUTO_TEST_CASE(a_variable_is_not_watched) {
    pipeline::key_keeper of_variable({{}, "RETRAIND_UNIT_TEST_KEY"}, {},
                                     {files, events, system_clock(), {}, {}, {}});
    run_task(loop, of_variable.watch(stop));
    BOOST_TEST(events.all.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
