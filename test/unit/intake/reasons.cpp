#include "retraind/intake/reasons.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace retraind::intake;

BOOST_AUTO_TEST_SUITE(reasons)

BOOST_AUTO_TEST_CASE(a_refusal_says_its_numbers_and_names) {
    BOOST_TEST(refuse_empty().code == "Empty");
    BOOST_TEST(refuse_unreadable("/a: Permission denied").code == "Unreadable");
    BOOST_TEST(refuse_unreadable("/a: Permission denied").sentence == "/a: Permission denied");
    const refusal tags = refuse_too_many_tags(21, 20);
    BOOST_TEST(tags.code == "ErrorTagLimitExceed");
    BOOST_TEST(tags.sentence == "21 tags; a picture takes at most 20");
    const std::vector<std::string> labels{"cat", "dog"};
    const refusal conflict = refuse_tag_conflict(labels);
    BOOST_TEST(conflict.code == "TagConflict");
    BOOST_TEST(conflict.sentence ==
               "2 labels (cat, dog); in a multi-class project a picture has one");
}

BOOST_AUTO_TEST_SUITE_END()
