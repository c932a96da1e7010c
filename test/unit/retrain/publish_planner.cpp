#include "retraind/retrain/publish_planner.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind::retrain;

BOOST_AUTO_TEST_SUITE(publish_planner)

BOOST_AUTO_TEST_CASE(the_steps_depend_on_the_name_it_carries) {
    const std::vector<publish_step> one{publish_step::publish};
    const std::vector<publish_step> two{publish_step::unpublish, publish_step::publish};
    BOOST_TEST((plan_publish(std::nullopt, "production") == one));
    BOOST_TEST((plan_publish("", "production") == one));
    BOOST_TEST((plan_publish("candidate", "production") == two));
    BOOST_TEST(plan_publish("production", "production").empty());
}

BOOST_AUTO_TEST_SUITE_END()
