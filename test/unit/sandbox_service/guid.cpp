#include "sandbox/service/guid.hpp"

#include <boost/test/unit_test.hpp>

using namespace sandbox::service;

namespace {

const std::string canonical = "ee85a74c-405e-4adc-bb47-ffa8ca0c9f31";

} // namespace

BOOST_AUTO_TEST_SUITE(guid)

BOOST_AUTO_TEST_CASE(the_binder_s_forms_become_one) {
    for (const char* form :
         {"ee85a74c-405e-4adc-bb47-ffa8ca0c9f31", "EE85A74C-405E-4ADC-BB47-FFA8CA0C9F31",
          "ee85a74c405e4adcbb47ffa8ca0c9f31", "{ee85a74c-405e-4adc-bb47-ffa8ca0c9f31}"}) {
        BOOST_TEST_CONTEXT(form) {
            BOOST_TEST(parse_guid(form).value_or("none") == canonical);
        }
    }
    BOOST_TEST(without_dashes(canonical) == "ee85a74c405e4adcbb47ffa8ca0c9f31");
}

BOOST_AUTO_TEST_CASE(nothing_else_is_one) {
    for (const char* wrong :
         {"", "tag1", "{}", "ee85a74c-405e-4adc-bb47-ffa8ca0c9f3",
          "ee85a74c-405e-4adc-bb47-ffa8ca0c9f311", "ee85a74c-405e-4adc-bb47-ffa8ca0c9f3g",
          "ee85a74c-405e4-adc-bb47-ffa8ca0c9f31", " ee85a74c405e4adcbb47ffa8ca0c9f31",
          "{ee85a74c-405e-4adc-bb47-ffa8ca0c9f31"}) {
        BOOST_TEST_CONTEXT(wrong) {
            BOOST_TEST(!parse_guid(wrong));
        }
    }
}

BOOST_AUTO_TEST_CASE(new_ones_are_valid_and_differ) {
    const std::string one = new_guid();
    BOOST_TEST(parse_guid(one).value_or("none") == one);
    BOOST_TEST(one != new_guid());
}

BOOST_AUTO_TEST_SUITE_END()
