#include "retraind/pipeline/label_share_rules.hpp"

#include <boost/test/unit_test.hpp>

#include "recording.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

std::vector<tag_id> tags_from(std::uint8_t first, std::uint8_t last) {
    std::vector<tag_id> tags;
    for (std::uint8_t each = first; each <= last; ++each) {
        tags.push_back(numbered<tag_id>(each));
    }
    return tags;
}

customvision::region box_of(std::uint8_t tag) {
    return {numbered<tag_id>(tag), 0, 0, 0.5, 0.5};
}

} // namespace

BOOST_AUTO_TEST_SUITE(label_share_rules)

BOOST_AUTO_TEST_CASE(as_many_tags_as_a_request_takes_go_whole) {
    const auto shares = share_labels(tags_from(1, 20), {box_of(3)}, 20);
    BOOST_TEST((shares.first.tags == tags_from(1, 20)));
    BOOST_TEST(shares.first.regions.size() == 1U);
    BOOST_TEST(shares.rest.empty());
    BOOST_TEST(share_labels({}, {}, 20).rest.empty());
}

BOOST_AUTO_TEST_CASE(what_is_more_follows) {
    const auto shares = share_labels(tags_from(1, 100), {}, 20);
    BOOST_TEST((shares.first.tags == tags_from(1, 20)));
    BOOST_TEST((shares.rest.tags == tags_from(21, 100)));
    BOOST_TEST(!shares.rest.empty());
}

BOOST_AUTO_TEST_CASE(boxes_go_with_their_tag_and_bring_it_where_it_follows) {
    const auto shares = share_labels(tags_from(1, 4), {box_of(4), box_of(1), box_of(4)}, 2);
    BOOST_TEST((shares.first.tags == tags_from(1, 2)));
    BOOST_TEST((shares.first.regions == std::vector{box_of(1)}));
    BOOST_TEST((shares.rest.tags == tags_from(3, 3)));
    BOOST_TEST((shares.rest.regions == std::vector{box_of(4), box_of(4)}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
