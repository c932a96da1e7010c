#include "retraind/portal/selection_rules.hpp"

#include "objects.hpp"

using namespace retraind;
using namespace retraind::portal;
using namespace retraind::testing;

namespace {

std::string id_of(const result<const record*>& found) {
    return found ? (*found)->id_text() : found.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(selection_rules)

BOOST_AUTO_TEST_CASE(a_project_is_its_name_or_its_id_in_any_case) {
    const auto all = records({object(1, "wildlife"), object(2, "B\u00e4r"), object(3, guid(1))});
    BOOST_TEST(id_of(find_project(all, "wildlife")) == guid(1));
    BOOST_TEST(id_of(find_project(all, " Ba\u0308r ")) == guid(2)); // NFC, trimmed
    BOOST_TEST(id_of(find_project(all, guid(2))) == guid(2));
    BOOST_TEST(id_of(find_project(all, guid(1))) == guid(1)); // an id first
    check_has(id_of(find_project(all, "Wildlife")), "there is \"wildlife\"");
    check_has(id_of(find_project(all, "cars")), "retraind projects list");
    check_has(id_of(find_project(all, guid(9))), "with the id " + guid(9));
}

BOOST_AUTO_TEST_CASE(two_projects_of_one_name_are_listed) {
    const auto all = records({object(1, "p"), object(2, "p")});
    const std::string said = id_of(find_project(all, "p"));
    check_has(said, guid(1));
    check_has(said, guid(2));
    BOOST_TEST(id_of(find_project(all, guid(2))) == guid(2));
}

BOOST_AUTO_TEST_CASE(a_tag_may_differ_in_case_where_only_one_does) {
    const auto all = records({object(1, "cat"), object(2, "Dog"), object(3, "DOG")});
    BOOST_TEST(id_of(find_tag(all, "CAT")) == guid(1));
    BOOST_TEST(id_of(find_tag(all, "Dog")) == guid(2));
    check_has(id_of(find_tag(all, "dog")), "may be any of 2 tags");
    check_has(id_of(find_tag(all, "cow")), "there is no tag \"cow\"");
}

BOOST_AUTO_TEST_CASE(an_iteration_is_its_name_its_id_or_its_publish_name) {
    const auto all =
        records({object(1, "Iteration 1", R"(,"publishName":"live")"),
                 object(2, "Iteration 2", R"(,"publishName":null)"), object(3, "live")});
    BOOST_TEST(id_of(find_iteration(all, "Iteration 2")) == guid(2));
    check_has(id_of(find_iteration(all, "live")), "may be any of 2 iterations");
    BOOST_TEST(id_of(find_iteration(all, guid(3))) == guid(3));
    check_has(id_of(find_iteration(all, "")), "there is no iteration");
}

BOOST_AUTO_TEST_CASE(a_domain_is_one_of_its_type) {
    const auto all = records({object(1, "General", R"(,"type":"Classification")"),
                              object(2, "General", R"(,"type":"ObjectDetection")"),
                              object(3, "Logo", R"(,"type":"ObjectDetection")")});
    BOOST_TEST(id_of(find_domain(all, "ObjectDetection", "General")) == guid(2));
    BOOST_TEST(id_of(find_domain(all, "ObjectDetection", guid(3))) == guid(3));
    check_has(id_of(find_domain(all, "Classification", "Logo")), "it has \"General\"");
}

BOOST_AUTO_TEST_CASE(a_new_name_is_trimmed_nfc) {
    BOOST_TEST(new_name(" Ba\u0308r ").value() == "B\u00e4r");
    BOOST_TEST(!new_name(" \t").has_value());
    BOOST_TEST(!new_name("\xff").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
