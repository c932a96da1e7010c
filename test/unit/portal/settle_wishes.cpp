#include "objects.hpp"
#include "retraind/portal/commands.hpp"

using namespace retraind;
using namespace retraind::portal;

namespace {

struct wishes_fixture {
    config::configuration wanted;
    create_wishes wishes;

    wishes_fixture() {
        wanted.projects.emplace_back();
        wanted.projects[0].name = "shelves";
        wanted.projects[0].create = config::create_block{"ObjectDetection", "Logo", false};
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(settle_wishes, wishes_fixture)

BOOST_AUTO_TEST_CASE(what_no_option_says_comes_from_the_configuration_else_the_defaults) {
    const auto known = portal::settle_wishes(wanted, "shelves", wishes).value();
    BOOST_TEST(known.type == "ObjectDetection");
    BOOST_TEST(known.domain == "Logo");
    const auto other = portal::settle_wishes(wanted, "cats", wishes).value();
    BOOST_TEST(other.type == "Classification");
    BOOST_TEST(other.domain == "General");
    BOOST_TEST(!other.multilabel);
}

BOOST_AUTO_TEST_CASE(another_type_takes_no_domain_of_the_configured_one) {
    wishes.type = "Classification";
    wishes.classification = "Multilabel";
    const auto made = portal::settle_wishes(wanted, "shelves", wishes).value();
    BOOST_TEST(made.domain == "General");
    BOOST_TEST(made.multilabel);
}

BOOST_AUTO_TEST_CASE(what_detects_objects_is_not_classified) {
    wishes.classification = "Multiclass";
    const auto refused = portal::settle_wishes(wanted, "shelves", wishes);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().how == ending::wrong_usage));
}

BOOST_AUTO_TEST_SUITE_END()
