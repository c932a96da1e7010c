#include "retraind/intake/tag_resolution_rules.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::intake;

namespace {

tag_id id(std::uint8_t number) {
    tag_id made;
    made.value.data[15] = number;
    return made;
}

tag_resolution_rules knowing(const std::vector<known_tag>& tags, bool multiclass = false) {
    tag_resolution_rules rules(multiclass);
    rules.set_known(tags);
    return rules;
}

resolved_tags resolved(const tag_resolution& found) {
    BOOST_TEST_REQUIRE(std::holds_alternative<resolved_tags>(found));
    return std::get<resolved_tags>(found);
}

std::string held_for(const tag_resolution& found) {
    BOOST_TEST_REQUIRE(std::holds_alternative<held>(found));
    return std::get<held>(found).sentence;
}

} // namespace

BOOST_AUTO_TEST_SUITE(tag_resolution_rules)

BOOST_AUTO_TEST_CASE(an_exact_name_goes_before_one_of_another_case) {
    auto rules = knowing({{"Cat", id(1)}, {"cat", id(2)}, {"dog", id(3)}});
    BOOST_TEST(
        (resolved(rules.resolve({{"cat", "dog"}}, true)) == resolved_tags{{id(2), id(3)}, {}, {}}));
    BOOST_TEST((resolved(rules.resolve({{"Cat"}}, true)) == resolved_tags{{id(1)}, {}, {}}));
}

BOOST_AUTO_TEST_CASE(names_compare_composed_and_trimmed) {
    auto rules = knowing({{" cafe\xCC\x81 ", id(1)}});
    BOOST_TEST(
        (resolved(rules.resolve({{"caf\xC3\xA9"}}, false)) == resolved_tags{{id(1)}, {}, {}}));
}

BOOST_AUTO_TEST_CASE(the_one_tag_of_another_case_is_used_and_said_once) {
    auto rules = knowing({{"CAF\xC3\x89", id(1)}});
    const labels wanted{{"caf\xC3\xA9"}};
    const resolved_tags first = resolved(rules.resolve(wanted, false));
    BOOST_TEST((first.ids == std::vector{id(1)}));
    BOOST_TEST((first.to_say == std::vector{tag_alias{"caf\xC3\xA9", "CAF\xC3\x89"}}));
    BOOST_TEST((resolved(rules.resolve(wanted, false)) == resolved_tags{{id(1)}, {}, {}}));
    rules.set_known(std::vector<known_tag>{{"CAF\xC3\x89", id(1)}});
    BOOST_TEST(resolved(rules.resolve(wanted, false)).to_say.empty());
}

BOOST_AUTO_TEST_CASE(an_alias_is_not_said_until_it_is_used) {
    auto rules = knowing({{"CAT", id(1)}});
    held_for(rules.resolve({{"cat", "dog"}}, false));
    BOOST_TEST(resolved(rules.resolve({{"cat"}}, false)).to_say.size() == 1u);
}

BOOST_AUTO_TEST_CASE(case_twins_hold_what_is_neither) {
    auto rules = knowing({{"Cat", id(1)}, {"CAT", id(2)}});
    const std::string sentence = held_for(rules.resolve({{"cat"}}, true));
    BOOST_TEST(sentence.find("\"cat\"") != std::string::npos);
    BOOST_TEST(sentence.find("CAT, Cat") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_missing_tag_is_made_where_that_is_allowed) {
    auto rules = knowing({{"dog", id(1)}});
    BOOST_TEST(
        (resolved(rules.resolve({{"cat", "dog"}}, true)) == resolved_tags{{id(1)}, {"cat"}, {}}));
    BOOST_TEST(held_for(rules.resolve({{"cat", "dog"}}, false)).find("no tag \"cat\"") !=
               std::string::npos);
    rules.add_known({"cat", id(2)});
    rules.add_known({"cat", id(2)});
    BOOST_TEST((resolved(rules.resolve({{"cat", "dog"}}, false)) ==
                resolved_tags{{id(1), id(2)}, {}, {}}));
}

BOOST_AUTO_TEST_CASE(two_new_labels_of_one_word_make_one_tag) {
    auto rules = knowing({});
    BOOST_TEST((resolved(rules.resolve({{"CAT", "Cat", "dog"}}, true)) ==
                resolved_tags{{}, {"CAT", "dog"}, {}}));
}

BOOST_AUTO_TEST_CASE(multi_class_takes_one_tag_a_picture) {
    auto rules = knowing({{"cat", id(1)}, {"dog", id(2)}}, true);
    for (const labels& wanted :
         {labels{{"cat", "dog"}}, labels{{"cat", "new"}}, labels{{"newer", "newest"}}}) {
        const tag_resolution found = rules.resolve(wanted, true);
        BOOST_TEST_REQUIRE(std::holds_alternative<refusal>(found));
        BOOST_TEST(std::get<refusal>(found).code == "TagConflict");
    }
    BOOST_TEST((resolved(rules.resolve({{"cat"}}, true)).ids == std::vector{id(1)}));
    BOOST_TEST((resolved(rules.resolve({{"CAT", "cat"}}, true)).ids == std::vector{id(1)}));
    BOOST_TEST((resolved(rules.resolve({}, true)) == resolved_tags{}));
}

BOOST_AUTO_TEST_CASE(what_the_project_lost_is_no_longer_known) {
    auto rules = knowing({{"cat", id(1)}});
    rules.set_known({});
    BOOST_TEST(
        (resolved(rules.resolve({{"cat"}}, true)).to_create == std::vector<std::string>{"cat"}));
}

BOOST_AUTO_TEST_SUITE_END()
