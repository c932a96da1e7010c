#include "retraind/intake/label_rules.hpp"

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::intake;

namespace {

using names = std::vector<std::string>;

label_rules rules(tag_source tags, unlabelled otherwise = unlabelled::hold) {
    options settings;
    settings.tags = std::move(tags);
    settings.without_label = otherwise;
    return label_rules::create(settings).value();
}

void expect_labels(const labelling& found, const names& expected) {
    const auto* got = std::get_if<labels>(&found);
    BOOST_TEST_REQUIRE((got != nullptr), (got ? "" : std::get<held>(found).sentence));
    BOOST_TEST(got->names == expected, boost::test_tools::per_element());
}

void expect_held(const labelling& found, std::string_view part) {
    const auto* got = std::get_if<held>(&found);
    BOOST_TEST_REQUIRE((got != nullptr));
    BOOST_TEST(got->sentence.find(part) != std::string::npos, got->sentence);
}

std::string refused(tag_source tags) {
    options settings;
    settings.tags = std::move(tags);
    const auto made = label_rules::create(settings);
    BOOST_TEST_REQUIRE(!made.has_value());
    if (const auto* from = std::get_if<tags_from_pattern>(&settings.tags)) {
        const auto checked = check_tag_pattern(from->pattern);
        BOOST_TEST_REQUIRE(!checked.has_value());
        BOOST_TEST(checked.error().message == made.error().message);
    }
    BOOST_TEST((made.error().code == errc::invalid));
    return made.error().message;
}

} // namespace

BOOST_AUTO_TEST_SUITE(label_rules)

BOOST_AUTO_TEST_CASE(the_first_folder_is_the_tag) {
    const auto by_folder = rules(tags_from_folder{});
    expect_labels(by_folder.label("cat/1.jpg"), {"cat"});
    expect_labels(by_folder.label("cat/old/deep/1.jpg"), {"cat"});
    expect_labels(by_folder.label(" big cat /1.jpg"), {"big cat"});
    expect_labels(by_folder.label("cafe\xCC\x81/1.jpg"), {"caf\xC3\xA9"});
    expect_labels(by_folder.label("a_b/1.jpg"), {"a_b"});
    expect_held(by_folder.label("1.jpg"), "no folder");
    expect_held(by_folder.label("1.jpg"), "unlabelled: untagged");
}

BOOST_AUTO_TEST_CASE(every_folder_is_a_tag_once_and_sorted) {
    const auto by_folders = rules(tags_from_folders{});
    expect_labels(by_folders.label("wild/cat/1.jpg"), {"cat", "wild"});
    expect_labels(by_folders.label("cat/ cat/wild/1.jpg"), {"cat", "wild"});
    expect_held(by_folders.label("1.jpg"), "no folder");
    expect_held(by_folders.label("cat/\xFF\xFE/1.jpg"), "\\xff\\xfe");
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_a_tag_holds_its_pictures) {
    for (const auto otherwise : {unlabelled::hold, unlabelled::untagged}) {
        const auto by_folder = rules(tags_from_folder{}, otherwise);
        expect_held(by_folder.label("caf\xE9/1.jpg"), "is not UTF-8");
        expect_held(by_folder.label("  /1.jpg"), "is blank");
        expect_held(by_folder.label("a\nb/1.jpg"), "control characters");
        expect_held(by_folder.label("_new/1.jpg"), "\"_new\"");
        expect_held(by_folder.label("_new/1.jpg"), "never a tag");
        expect_held(by_folder.label("_new/1.jpg"), "set negative_tag: _new");
    }
}

BOOST_AUTO_TEST_CASE(what_lies_below_an_underscore_is_held_wherever_tags_come_from) {
    for (const tag_source& source :
         {tag_source(tags_from_folder{}), tag_source(tags_from_folders{}),
          tag_source(tags_from_pattern{"(?<tag>.*)"}), tag_source(tags_fixed{{"a"}}),
          tag_source(tags_none{})}) {
        const auto any = rules(source, unlabelled::untagged);
        expect_held(any.label("_remove/1.jpg"), "\"_remove\"");
        expect_held(any.label("cat/_old/1.jpg"), "\"_old\"");
        BOOST_TEST(std::holds_alternative<labels>(any.label("cat/_1.jpg")));
    }
}

BOOST_AUTO_TEST_CASE(the_negative_folder_labels_wherever_tags_come_from) {
    const auto with = [](tag_source tags) {
        options settings;
        settings.tags = std::move(tags);
        settings.negative_folder = "_negative";
        return intake::label_rules::create(settings).value();
    };
    const auto by_folder = with(tags_from_folder{});
    expect_labels(by_folder.label("_negative/1.jpg"), {"_negative"});
    expect_labels(by_folder.label("_negative/summer/1.jpg"), {"_negative"});
    expect_labels(by_folder.label("cat/_negative/1.jpg"), {"_negative", "cat"});
    expect_labels(by_folder.label("cat/1.jpg"), {"cat"});
    expect_held(by_folder.label("_Negative/1.jpg"), "set negative_tag: _Negative");
    expect_held(by_folder.label("_negative/_old/1.jpg"), "\"_old\"");
    const auto by_folders = with(tags_from_folders{});
    expect_labels(by_folders.label("_negative/1.jpg"), {"_negative"});
    expect_labels(by_folders.label("_negative/summer/1.jpg"), {"_negative", "summer"});
    const auto by_name = with(tags_from_pattern{"(?<tag>[a-z]+)_.*"});
    expect_labels(by_name.label("_negative/1.jpg"), {"_negative"});
    expect_labels(by_name.label("_negative/cat_1.jpg"), {"_negative", "cat"});
    expect_labels(with(tags_fixed{{"a"}}).label("_negative/1.jpg"), {"_negative", "a"});
    expect_labels(with(tags_none{}).label("_negative/1.jpg"), {"_negative"});
}

BOOST_AUTO_TEST_CASE(the_negative_folder_may_have_any_name_of_a_folder) {
    options settings;
    settings.negative_folder = " cafe\xCC\x81 ";
    const auto named = intake::label_rules::create(settings).value();
    expect_labels(named.label("caf\xC3\xA9/1.jpg"), {"_negative"});
    for (const char* wrong : {"", " ", ".", "..", "a/b", "a\nb", "\xFF"}) {
        settings.negative_folder = wrong;
        const auto refused_name = intake::label_rules::create(settings);
        BOOST_TEST_REQUIRE(!refused_name.has_value(), wrong);
        BOOST_TEST((refused_name.error().code == errc::invalid));
        BOOST_TEST(!check_negative_folder(wrong).has_value());
    }
}

BOOST_AUTO_TEST_CASE(no_other_label_can_be_taken_for_the_negative_one) {
    expect_held(rules(tags_from_pattern{"(?<tag>.*)\\.jpg"}).label("_negative.jpg"),
                "stands for the negative tag");
    BOOST_TEST(refused(tags_fixed{{"_negative"}}).find("negative tag") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pattern_names_the_tag_out_of_the_whole_file_name) {
    const auto by_name = rules(tags_from_pattern{"(?<tag>[a-z]+)_.*"});
    expect_labels(by_name.label("cat_001.png"), {"cat"});
    expect_labels(by_name.label("anywhere/dog_1.png"), {"dog"});
    expect_labels(by_name.label("CAT_001.PNG"), {"CAT"});
    expect_held(by_name.label("7cat_001.png"), "does not match");
    expect_held(by_name.label("cat.png"), "does not match");
    expect_labels(
        rules(tags_from_pattern{"(?<tag>[a-z]+)_.*"}, unlabelled::untagged).label("1.png"), {});
}

BOOST_AUTO_TEST_CASE(a_pattern_sees_composed_names_and_optional_groups) {
    const auto accented = rules(tags_from_pattern{"(?<tag>caf\xC3\xA9)_.*"});
    expect_labels(accented.label("cafe\xCC\x81_1.jpg"), {"caf\xC3\xA9"});
    const auto optional = rules(tags_from_pattern{"(?:(?<tag>cat)_)?[0-9]+\\.jpg"});
    expect_labels(optional.label("cat_1.jpg"), {"cat"});
    expect_held(optional.label("1.jpg"), "does not match");
    const auto half = rules(tags_from_pattern{"(?<tag>.).*"});
    expect_held(half.label("\xC3\xA9.jpg"), "is not UTF-8");
    expect_held(rules(tags_from_pattern{"(?<tag> *).*"}).label(" 1.jpg"), "is blank");
}

BOOST_AUTO_TEST_CASE(a_pattern_that_explodes_holds_the_picture) {
    const auto slow = rules(tags_from_pattern{"(?<tag>(?:(?:a*)*b?)*(?:a|aa)+)+c"});
    const labelling found = slow.label(std::string(200, 'a') + ".jpg");
    BOOST_TEST(std::holds_alternative<held>(found));
}

BOOST_AUTO_TEST_CASE(a_pattern_is_checked_when_it_is_configured) {
    BOOST_TEST(refused(tags_from_pattern{"[a-z]+_.*"}).find("exactly one group") !=
               std::string::npos);
    BOOST_TEST(refused(tags_from_pattern{"(?<label>[a-z]+)_.*"}).find("exactly one group") !=
               std::string::npos);
    BOOST_TEST(refused(tags_from_pattern{"(?<tag>a)|(?<tag>b)"}).find("exactly one group") !=
               std::string::npos);
    BOOST_TEST(refused(tags_from_pattern{"\\(?<tag>a"}).find("exactly one group") !=
               std::string::npos);
    BOOST_TEST(refused(tags_from_pattern{"[(?<tag>]a"}).find("exactly one group") !=
               std::string::npos);
    BOOST_TEST(refused(tags_from_pattern{"(?<tag>a"}).find("not a regular expression") !=
               std::string::npos);
    BOOST_TEST(refused(tags_from_pattern{""}).find("exactly one group") != std::string::npos);
    BOOST_TEST(check_tag_pattern("(?<tag>a)(b)").has_value());
    rules(tags_from_pattern{"[]\\]x](?<tag>a)(?<other>b)"});
}

BOOST_AUTO_TEST_CASE(fixed_tags_and_none) {
    expect_labels(rules(tags_fixed{{"b ", "a", "b"}}).label("x/1.jpg"), {"a", "b"});
    expect_labels(rules(tags_fixed{{"a"}}).label("1.jpg"), {"a"});
    expect_labels(rules(tags_none{}).label("cat/1.jpg"), {});
    BOOST_TEST(refused(tags_fixed{}).find("no fixed tag") != std::string::npos);
    BOOST_TEST(refused(tags_fixed{{"a", " "}}).find("is blank") != std::string::npos);
    BOOST_TEST(refused(tags_fixed{{"\xFF"}}).find("is not UTF-8") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
