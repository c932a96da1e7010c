#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    client::prepared made = service.make_trainable("p");
    std::string place = "/projects/" + made.project + "/iterations";
    std::string first = train();
    std::string second = train();

    std::string train() {
        return std::string(
            service.train_to_end(made.project, "?forceTrain=true").at("id").as_string());
    }

    answer publish(const std::string& iteration, const std::string& name,
                   const std::string& more = {}) {
        return service.post(place + "/" + iteration + publish_query(name, more));
    }

    json::value shown(const std::string& iteration) {
        return service.get(place + "/" + iteration).json();
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(publishing, fixture)

BOOST_AUTO_TEST_CASE(publish_answers_true_and_shows_in_the_iteration) {
    const answer given = publish(first, "production");
    BOOST_TEST(given.status == 200U);
    BOOST_TEST(given.body == "true");
    BOOST_TEST(given.whole.content_type == "application/json; charset=utf-8");
    BOOST_TEST(shown(first).at("publishName").as_string() == "production");
    BOOST_TEST(shown(first).at("originalPublishResourceId").as_string() == account_id);
}

BOOST_AUTO_TEST_CASE(overwrite_moves_a_name_and_nothing_else_does) {
    publish(first, "production");
    const answer refused = publish(second, "production");
    BOOST_TEST(refused.status == 409U);
    BOOST_TEST(refused.code() == "Conflict");
    service.version = "v3.2";
    BOOST_TEST(publish(second, "production", "&overwrite=true").code() == "Conflict");
    service.version = "v3.3";
    BOOST_TEST(publish(second, "production", "&overwrite=true").body == "true");
    BOOST_TEST(shown(first).at("publishName").is_null());
    BOOST_TEST(shown(first).at("originalPublishResourceId").is_null());
    BOOST_TEST(shown(second).at("publishName").as_string() == "production");
}

BOOST_AUTO_TEST_CASE(an_iteration_has_one_name_at_a_time) {
    publish(first, "production");
    const answer refused = publish(first, "candidate", "&overwrite=true");
    BOOST_TEST(refused.status == 400U);
    BOOST_TEST(refused.code() == "BadRequestIterationIsPublished");
    BOOST_TEST(refused.text("message") == "Iteration is already published as: production");
    const answer freed = service.call("DELETE", place + "/" + first + "/publish");
    BOOST_TEST(freed.status == 204U);
    BOOST_TEST(publish(first, "candidate").body == "true");
}

BOOST_AUTO_TEST_CASE(published_iterations_and_their_projects_stay) {
    publish(first, "production");
    BOOST_TEST(service.call("DELETE", place + "/" + first).code() ==
               "BadRequestIterationIsPublished");
    BOOST_TEST(service.call("DELETE", "/projects/" + made.project).code() ==
               "BadRequestIterationIsPublished");
    service.call("DELETE", place + "/" + first + "/publish");
    BOOST_TEST(service.call("DELETE", place + "/" + first).status == 204U);
    BOOST_TEST(service.get(place + "/" + first).code() == "NotFoundIteration");
    BOOST_TEST(service.call("DELETE", "/projects/" + made.project).status == 204U);
    BOOST_TEST(!std::filesystem::exists(folder.path() / "images" / made.project));
    BOOST_TEST(std::filesystem::is_empty(folder.path() / "models"));
}

BOOST_AUTO_TEST_CASE(wrong_calls) {
    const std::string own = place + "/" + first + "/publish";
    BOOST_TEST(service.post(own + "?publishName=a").code() == "BadRequestRequiredParamIsNull");
    BOOST_TEST(service.post(own + "?publishName=a&predictionId=/subscriptions/1").code() ==
               "BadRequestInvalidPublishTarget");
    BOOST_TEST(service.call("DELETE", own).code() == "BadRequestIterationNotPublished");
    BOOST_TEST(publish(made.project, "a").code() == "NotFoundIteration");
}

BOOST_AUTO_TEST_SUITE_END()
