#include "sandbox/service/publish_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace sandbox::service;

namespace {

const std::string account =
    "/subscriptions/1/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/name";

publish_question good() {
    publish_question asked;
    asked.name = "production";
    asked.prediction_id = account;
    asked.target.status = "Completed";
    return asked;
}

std::string code(const publish_question& asked) {
    const auto refused = refuse_publish(asked);
    return refused ? refused->code : "passes";
}

} // namespace

BOOST_AUTO_TEST_SUITE(publish_rules)

BOOST_AUTO_TEST_CASE(a_trained_iteration_takes_a_free_name) {
    BOOST_TEST(code(good()) == "passes");
}

BOOST_AUTO_TEST_CASE(the_target_is_a_whole_account_id) {
    BOOST_TEST(is_account_id(account));
    BOOST_TEST(is_account_id(
        "/SUBSCRIPTIONS/1/resourcegroups/g/providers/microsoft.cognitiveservices/Accounts/n"));
    for (const std::string& wrong :
         {std::string(), std::string("/subscriptions/1"), std::string("production"),
          account.substr(0, account.rfind('/')), account + "/", account + "/more",
          account.substr(1),
          std::string("/subscriptions//resourceGroups/g/providers/Microsoft.CognitiveServices/"
                      "accounts/n"),
          std::string(
              "/subscriptions/1/resourceGroups/g/providers/Microsoft.Storage/accounts/n")}) {
        BOOST_TEST_CONTEXT(wrong) {
            BOOST_TEST(!is_account_id(wrong));
            auto asked = good();
            asked.prediction_id = wrong;
            BOOST_TEST(code(asked) == "BadRequestInvalidPublishTarget");
        }
    }
}

BOOST_AUTO_TEST_CASE(names_become_a_segment_of_an_address) {
    for (const char* wrong : {"", " ", "..", "a/b", "a?b", "a#b", "a\\b", "a%b"}) {
        BOOST_TEST_CONTEXT(wrong) {
            auto asked = good();
            asked.name = wrong;
            BOOST_TEST(code(asked) == "BadRequestInvalidPublishName");
        }
    }
    auto recorded = good();
    recorded.name = "Training UnitTest Iteration";
    BOOST_TEST(code(recorded) == "passes");
}

BOOST_AUTO_TEST_CASE(only_completed_iterations) {
    for (const char* status : {"Training", "Failed"}) {
        auto asked = good();
        asked.target.status = status;
        BOOST_TEST(code(asked) == "BadRequestIterationIsNotTrained");
    }
}

BOOST_AUTO_TEST_CASE(a_published_iteration_is_not_published_again_whatever_overwrite_says) {
    for (const bool overwrite : {false, true}) {
        auto asked = good();
        asked.overwrite = overwrite;
        asked.target.publish_name = "Iteration2";
        const auto refused = refuse_publish(asked);
        BOOST_REQUIRE(refused);
        BOOST_TEST(refused->code == "BadRequestIterationIsPublished");
        BOOST_TEST(refused->message == "Iteration is already published as: Iteration2");
    }
}

BOOST_AUTO_TEST_CASE(a_name_is_taken_over_only_on_request) {
    auto asked = good();
    asked.holder.emplace();
    BOOST_TEST(code(asked) == "Conflict");
    asked.overwrite = true;
    BOOST_TEST(code(asked) == "passes");
}

BOOST_AUTO_TEST_SUITE_END()
