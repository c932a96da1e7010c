#include "retraind/ledger/content_rules.hpp"

#include <boost/test/unit_test.hpp>

#include "samples.hpp"

using namespace retraind;
using namespace retraind::ledger;
using namespace retraind::testing;

namespace {

content_record content(outcome result, const std::string& path,
                       std::vector<std::string> labels = {"cat"}) {
    return {digest_number(1), 10, result, std::nullopt, std::move(labels), path, at_second(1)};
}

} // namespace

BOOST_AUTO_TEST_SUITE(content_rules)

BOOST_AUTO_TEST_CASE(the_first_is_taken_as_it_is) {
    const content_record kept = merge_content(nullptr, content(outcome::duplicate, "a"));
    BOOST_TEST((kept.result == outcome::duplicate));
    BOOST_TEST(kept.path == "a");
}

BOOST_AUTO_TEST_CASE(who_wins) {
    struct row {
        outcome known;
        outcome fresh;
        outcome kept;
        const char* path;
    };
    using enum outcome;
    for (const row& each :
         {row{confirmed, duplicate, confirmed, "old"}, row{held_out, duplicate, held_out, "old"},
          row{duplicate, duplicate, duplicate, "old"}, row{duplicate, confirmed, confirmed, "old"},
          row{confirmed, removed, removed, "old"}, row{confirmed, held_out, held_out, "old"},
          row{removed, confirmed, confirmed, "new"}, row{removed, duplicate, duplicate, "new"}}) {
        BOOST_TEST_CONTEXT(to_string(each.known) << " then " << to_string(each.fresh)) {
            const content_record known = content(each.known, "old");
            const content_record kept = merge_content(&known, content(each.fresh, "new"));
            BOOST_TEST((kept.result == each.kept));
            BOOST_TEST(kept.path == each.path);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_duplicate_adds_labels_and_a_missing_image) {
    const content_record known = content(outcome::confirmed, "a", {"b", "d"});
    content_record fresh = content(outcome::duplicate, "x", {"a", "b"});
    fresh.image = id_number<image_id>(3);
    const content_record kept = merge_content(&known, fresh);
    BOOST_TEST(kept.labels == (std::vector<std::string>{"a", "b", "d"}),
               boost::test_tools::per_element());
    BOOST_TEST((kept.image == fresh.image));
}

BOOST_AUTO_TEST_CASE(a_removed_content_keeps_the_image_it_was) {
    content_record known = content(outcome::confirmed, "a");
    known.image = id_number<image_id>(3);
    const content_record kept = merge_content(&known, content(outcome::removed, "a"));
    BOOST_TEST((kept.image == known.image));
}

BOOST_AUTO_TEST_SUITE_END()
