#include "retraind/pipeline/key_trial.hpp"

#include "loop_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string list = "GET /customvision/v3.3/training/projects";

std::string project_json(std::uint8_t number) {
    return R"({"id":")" + to_string(numbered<project_id>(number)) +
           R"(","name":"cats","drModeEnabled":false,"settings":{"domainId":")" +
           to_string(numbered<domain_id>(1)) + R"(","classificationType":"Multiclass"}})";
}

struct trial_fixture : loop_fixture {
    key_verdict attempt() {
        return run(try_key(client, old_client, {{"cats", numbered<project_id>(1)}}));
    }

    customvision::training_client old_client{service,
                                             gate,
                                             [] { return secret("fedcba9876543210"); },
                                             events,
                                             time,
                                             [] { return 0.0; },
                                             {"", "v3.3", duration::zero(), "application/json"}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(key_trial, trial_fixture)

BOOST_AUTO_TEST_CASE(one_read_is_enough_for_a_key_with_all_projects_and_for_one_that_is_refused) {
    service.expect(list, 200, list_json({project_json(2), project_json(1)}));
    BOOST_TEST((attempt().came == pipeline::key_trial::accepted));
    service.expect(list, 401, refusal_json("Unauthorized"));
    BOOST_TEST((attempt().came == pipeline::key_trial::refused));
    check_journal({list, list});
}

BOOST_AUTO_TEST_CASE(the_key_of_another_resource_is_found_out_by_what_the_old_one_has) {
    service.expect(list, 200, list_json({project_json(2)}));
    service.expect(list, 200, list_json({project_json(1)}));
    const key_verdict found = attempt();
    BOOST_TEST((found.came == pipeline::key_trial::refused));
    BOOST_TEST(found.objection.find("\"cats\"") != std::string::npos, found.objection);
    check_journal({list, list});
}

BOOST_AUTO_TEST_CASE(an_old_key_that_is_refused_gives_way_to_whatever_works) {
    service.expect(list, 200, list_json({}));
    service.expect(list, 401, refusal_json("Unauthorized"));
    BOOST_TEST((attempt().came == pipeline::key_trial::accepted));
    check_journal({list, list});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
