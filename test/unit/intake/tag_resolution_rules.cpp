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
    tag_terms terms;
    terms.one_tag_a_picture = multiclass;
    tag_resolution_rules rules(terms);
    rules.set_known(tags);
    return rules;
}

resolved_tags resolved(const tag_resolution& found) {
    BOOST_TEST_REQUIRE(std::holds_alternative<resolved_tags>(found));
    return std::get<resolved_tags>(found);
}

refusal refused_for(const tag_resolution& found) {
    BOOST_TEST_REQUIRE(std::holds_alternative<refusal>(found));
    return std::get<refusal>(found);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
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

BOOST_AUTO_TEST_CASE(the_negative_label_goes_by_the_tags_type_and_not_by_its_name) {
    auto rules = knowing({{"cat", id(1)}, {"Background", id(2), tag_role::negative}}, true);
    BOOST_TEST((resolved(rules.resolve({{"_negative"}}, false)) == resolved_tags{{id(2)}, {}, {}}));
    BOOST_TEST(
        has(held_for(rules.resolve({{"background"}}, true)), "is the project's negative tag"));
}

BOOST_AUTO_TEST_CASE(a_missing_negative_tag_is_made_where_that_is_allowed) {
    auto rules = knowing({{"cat", id(1)}});
    const resolved_tags found = resolved(rules.resolve({{"_negative"}}, true));
    BOOST_TEST(found.create_negative);
    BOOST_TEST(found.to_create.empty());
    BOOST_TEST(has(held_for(rules.resolve({{"_negative"}}, false)), "create_tags is off"));
    rules.add_known({"Negative", id(2), tag_role::negative});
    BOOST_TEST((resolved(rules.resolve({{"_negative"}}, true)) == resolved_tags{{id(2)}, {}, {}}));
}

BOOST_AUTO_TEST_CASE(a_regular_tag_that_has_the_negative_ones_name_is_in_its_way) {
    auto rules = knowing({{"negative", id(1)}});
    BOOST_TEST(has(held_for(rules.resolve({{"_negative"}}, true)), "rename that one"));
    BOOST_TEST((resolved(rules.resolve({{"negative"}}, true)).ids == std::vector{id(1)}));
}

BOOST_AUTO_TEST_CASE(the_negative_tag_is_never_beside_a_regular_one) {
    for (const bool multiclass : {false, true}) {
        auto rules = knowing({{"cat", id(1)}, {"Negative", id(2), tag_role::negative}}, multiclass);
        const refusal found = refused_for(rules.resolve({{"_negative", "cat"}}, true));
        BOOST_TEST(found.code == "ErrorNegativeAndRegularTagOnSameImage");
        BOOST_TEST(has(found.sentence, "cat"));
        BOOST_TEST(!has(found.sentence, "_negative"));
        BOOST_TEST(!found.mend.empty());
    }
}

BOOST_AUTO_TEST_CASE(object_detection_has_no_negative_tag) {
    tag_terms terms;
    terms.negative_tags = false;
    intake::tag_resolution_rules rules(terms);
    BOOST_TEST(has(held_for(rules.resolve({{"_negative"}}, true)), "without a negative tag"));
}

BOOST_AUTO_TEST_CASE(a_tag_of_another_type_stands_for_no_label) {
    auto rules = knowing({{"product", id(1), tag_role::other}});
    BOOST_TEST(has(held_for(rules.resolve({{"Product"}}, true)), "another type"));
}

BOOST_AUTO_TEST_CASE(a_full_project_holds_only_what_needs_a_new_tag) {
    tag_terms terms;
    terms.most_tags = 3;
    intake::tag_resolution_rules rules(terms);
    rules.set_known(
        std::vector<known_tag>{{"cat", id(1)}, {"Negative", id(2), tag_role::negative}});
    BOOST_TEST(resolved(rules.resolve({{"dog"}}, true)).to_create.size() == 1U);
    // Two more would be one too many, so neither is made.
    BOOST_TEST(has(held_for(rules.resolve({{"cow", "dog"}}, true)), "\"cow\", \"dog\""));
    rules.add_known({"dog", id(3)});
    const std::string sentence = held_for(rules.resolve({{"cow"}}, true));
    for (const char* part : {"3 tags", "takes 3", "\"cow\"", "service.tier"}) {
        BOOST_TEST(has(sentence, part), sentence << " lacks " << part);
    }
    BOOST_TEST((resolved(rules.resolve({{"dog"}}, true)).ids == std::vector{id(3)}));
    BOOST_TEST((resolved(rules.resolve({{"_negative"}}, true)).ids == std::vector{id(2)}));
    rules.set_known(std::vector<known_tag>{{"cat", id(1)}, {"dog", id(3)}, {"cow", id(4)}});
    BOOST_TEST(has(held_for(rules.resolve({{"_negative"}}, true)), "\"Negative\""));
}

BOOST_AUTO_TEST_CASE(a_picture_takes_a_hundred_tags) {
    auto rules = knowing({});
    labels many;
    for (int each = 0; each < 101; ++each) {
        many.names.push_back("tag " + std::to_string(each));
    }
    const refusal found = refused_for(rules.resolve(many, true));
    BOOST_TEST(found.code == "ErrorTagLimitExceed");
    BOOST_TEST(found.sentence == "101 tags; a picture takes at most 100");
    many.names.pop_back();
    BOOST_TEST(resolved(rules.resolve(many, true)).to_create.size() == 100U);
}

BOOST_AUTO_TEST_SUITE_END()
