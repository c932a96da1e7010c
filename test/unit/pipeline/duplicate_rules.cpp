#include "retraind/pipeline/duplicate_rules.hpp"

#include <boost/test/unit_test.hpp>

#include "recording.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

using labels = std::vector<std::string>;

ledger::content_record known(outcome result, labels under) {
    ledger::content_record content;
    content.result = result;
    content.labels = std::move(under);
    content.path = "/drop/cats/first.jpg";
    content.image = numbered<image_id>(5);
    return content;
}

std::string conflict(const ledger::content_record& content, const labels& under,
                     bool several = false) {
    const auto verdict = judge_duplicate(&content, "/drop/dogs/second.jpg", under, several, false);
    BOOST_TEST_REQUIRE(std::holds_alternative<is_conflict>(verdict));
    return std::get<is_conflict>(verdict).sentence;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(duplicate_rules)

BOOST_AUTO_TEST_CASE(an_unknown_content_is_new) {
    const auto verdict = judge_duplicate(nullptr, "/drop/cats/a.jpg", {"cats"}, false, false);
    BOOST_TEST(std::holds_alternative<is_new>(verdict));
}

BOOST_AUTO_TEST_CASE(a_rejected_content_is_tried_again_under_any_label) {
    const auto content = known(outcome::rejected, {"cats"});
    BOOST_TEST(std::holds_alternative<is_new>(
        judge_duplicate(&content, "/drop/a", {"cats"}, false, false)));
    BOOST_TEST(std::holds_alternative<is_new>(
        judge_duplicate(&content, "/drop/a", {"dogs"}, true, false)));
}

BOOST_AUTO_TEST_CASE(what_the_project_has_under_the_same_labels_is_a_duplicate_with_its_image) {
    for (const outcome each :
         {outcome::confirmed, outcome::duplicate, outcome::held_out, outcome::removed}) {
        const auto content = known(each, {"cats", "tabby"});
        const auto verdict =
            judge_duplicate(&content, "/drop/a.jpg", {"cats", "tabby"}, false, false);
        BOOST_TEST_CONTEXT(to_string(each)) {
            BOOST_TEST_REQUIRE(std::holds_alternative<is_duplicate>(verdict));
            BOOST_TEST((std::get<is_duplicate>(verdict).image == numbered<image_id>(5)));
        }
    }
}

BOOST_AUTO_TEST_CASE(untagged_twice_is_a_duplicate) {
    const auto content = known(outcome::confirmed, {});
    BOOST_TEST(std::holds_alternative<is_duplicate>(
        judge_duplicate(&content, "/drop/a", {}, false, false)));
}

BOOST_AUTO_TEST_CASE(another_label_is_a_conflict_that_names_both_files_and_both_labels) {
    const auto content = known(outcome::confirmed, {"cats"});
    const std::string sentence = conflict(content, {"dogs", "wolves"});
    for (const char* part : {"/drop/dogs/second.jpg", "/drop/cats/first.jpg", "\"cats\"",
                             "\"dogs\", \"wolves\"", "remove one"}) {
        BOOST_TEST(has(sentence, part), sentence << " lacks " << part);
    }
}

BOOST_AUTO_TEST_CASE(more_and_fewer_labels_are_other_labels) {
    const auto content = known(outcome::duplicate, {"cats"});
    BOOST_TEST(has(conflict(content, {}), "lies under no label"));
    BOOST_TEST(has(conflict(content, {"cats", "tabby"}), "\"cats\", \"tabby\""));
    BOOST_TEST(has(conflict(known(outcome::confirmed, {}), {"cats"}), "has under no label"));
}

BOOST_AUTO_TEST_CASE(a_path_with_control_characters_cannot_break_the_sentence) {
    auto content = known(outcome::confirmed, {"cats"});
    content.path = "/drop/a\nb.jpg";
    const std::string sentence = conflict(content, {"dogs"});
    BOOST_TEST(!has(sentence, "\n"));
}

BOOST_AUTO_TEST_CASE(where_pictures_have_several_tags_the_missing_labels_are_added) {
    for (const outcome each : {outcome::confirmed, outcome::duplicate}) {
        const auto content = known(each, {"cats", "tabby"});
        const auto verdict =
            judge_duplicate(&content, "/drop/a.jpg", {"dogs", "tabby"}, true, false);
        BOOST_TEST_REQUIRE(std::holds_alternative<lacks_labels>(verdict));
        BOOST_TEST((std::get<lacks_labels>(verdict).image == numbered<image_id>(5)));
        BOOST_TEST(std::get<lacks_labels>(verdict).missing == labels{"dogs"});
    }
}

BOOST_AUTO_TEST_CASE(where_pictures_have_several_tags_fewer_labels_are_a_duplicate) {
    const auto content = known(outcome::confirmed, {"cats", "tabby"});
    for (const labels& under : {labels{"cats"}, labels{}, labels{"tabby"}}) {
        const auto verdict = judge_duplicate(&content, "/drop/a.jpg", under, true, false);
        BOOST_TEST_REQUIRE(std::holds_alternative<is_duplicate>(verdict));
        BOOST_TEST((std::get<is_duplicate>(verdict).image == numbered<image_id>(5)));
    }
}

BOOST_AUTO_TEST_CASE(without_its_image_a_content_that_lacks_labels_is_sent) {
    auto content = known(outcome::duplicate, {"cats"});
    content.image.reset();
    BOOST_TEST(std::holds_alternative<is_new>(
        judge_duplicate(&content, "/drop/a.jpg", {"dogs"}, true, false)));
}

BOOST_AUTO_TEST_CASE(boxes_of_an_image_that_is_there_are_for_the_service_to_compare) {
    for (const outcome each : {outcome::confirmed, outcome::duplicate}) {
        auto content = known(each, {"cats", "dogs"});
        for (const labels& under : {labels{"cats", "dogs"}, labels{"dogs"}}) {
            const auto verdict = judge_duplicate(&content, "/drop/a.jpg", under, true, true);
            BOOST_TEST_REQUIRE(std::holds_alternative<lacks_labels>(verdict));
            BOOST_TEST((std::get<lacks_labels>(verdict).image == numbered<image_id>(5)));
            BOOST_TEST(std::get<lacks_labels>(verdict).missing.empty());
        }
        content.image.reset();
        BOOST_TEST(std::holds_alternative<is_new>(
            judge_duplicate(&content, "/drop/a.jpg", {"cats", "dogs"}, true, true)));
    }
}

BOOST_AUTO_TEST_CASE(what_is_held_out_or_removed_gets_no_boxes) {
    for (const outcome each : {outcome::held_out, outcome::removed}) {
        const auto content = known(each, {"cats"});
        BOOST_TEST(std::holds_alternative<is_duplicate>(
            judge_duplicate(&content, "/drop/a.jpg", {"cats"}, true, true)));
    }
}

BOOST_AUTO_TEST_CASE(what_is_held_out_or_removed_gets_no_further_tags) {
    for (const outcome each : {outcome::held_out, outcome::removed}) {
        BOOST_TEST(has(conflict(known(each, {"cats"}), {"dogs"}, true), "remove one"));
    }
}

BOOST_AUTO_TEST_CASE(the_negative_tag_is_never_added_to_others_nor_they_to_it) {
    BOOST_TEST(
        has(conflict(known(outcome::confirmed, {"cats"}), {"_negative"}, true), "remove one"));
    BOOST_TEST(
        has(conflict(known(outcome::confirmed, {"_negative"}), {"cats"}, true), "remove one"));
    // One that is there untagged can become negative.
    const auto content = known(outcome::confirmed, {});
    BOOST_TEST(std::holds_alternative<lacks_labels>(
        judge_duplicate(&content, "/drop/a.jpg", {"_negative"}, true, false)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
