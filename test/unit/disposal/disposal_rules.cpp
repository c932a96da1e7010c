#include "retraind/disposal/disposal_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::disposal;

BOOST_AUTO_TEST_SUITE(disposal_rules)

BOOST_AUTO_TEST_CASE(what_becomes_of_each_outcome) {
    for (const auto result :
         {outcome::confirmed, outcome::duplicate, outcome::held_out, outcome::removed}) {
        BOOST_TEST(std::holds_alternative<keep>(action_for(result, {})));
        BOOST_TEST(std::holds_alternative<retraind::disposal::remove>(
            action_for(result, {retraind::disposal::remove{}, "/rejected"})));
        const after_upload moves = action_for(result, {move_to{"/moved"}, "/rejected"});
        BOOST_TEST(std::get<move_to>(moves).folder == "/moved");
    }
    for (const after_upload& uploaded :
         {after_upload(keep{}), after_upload(retraind::disposal::remove{}),
          after_upload(move_to{"/moved"})}) {
        BOOST_TEST(
            std::holds_alternative<keep>(action_for(outcome::rejected, {uploaded, std::nullopt})));
        const after_upload moves = action_for(outcome::rejected, {uploaded, "/rejected"});
        BOOST_TEST(std::get<move_to>(moves).folder == "/rejected");
    }
}

BOOST_AUTO_TEST_CASE(numbers_stand_before_the_extension) {
    struct row {
        const char* name;
        unsigned number;
        const char* expected;
    };
    for (const row& each :
         {row{"a.jpg", 0, "a.jpg"}, row{"a.jpg", 1, "a~1.jpg"}, row{"a.tar.gz", 12, "a.tar~12.gz"},
          row{"plain", 2, "plain~2"}, row{".hidden", 1, ".hidden~1"}, row{"dot.", 1, "dot~1."},
          row{"a~1.jpg", 1, "a~1~1.jpg"}}) {
        BOOST_TEST(numbered_name(each.name, each.number, longest_name) == each.expected);
    }
}

BOOST_AUTO_TEST_CASE(long_names_are_shortened_before_the_number) {
    const std::string longest = std::string(251, 'n') + ".jpg";
    BOOST_TEST(numbered_name(longest, 0, longest_name) == longest);
    BOOST_TEST(numbered_name(longest, 1, longest_name) == std::string(249, 'n') + "~1.jpg");
    BOOST_TEST(numbered_name(longest, 0, 243) == std::string(239, 'n') + ".jpg");
    const std::string dotted = "a." + std::string(253, 'x');
    BOOST_TEST(numbered_name(dotted, 3, longest_name) == dotted.substr(0, 253) + "~3");
}

BOOST_AUTO_TEST_CASE(no_character_is_cut_in_two) {
    const std::string accents = "x" + [] {
        std::string text;
        for (int each = 0; each < 127; ++each) {
            text += "\u00e9";
        }
        return text;
    }();
    const std::string cut = numbered_name(accents, 1, longest_name);
    BOOST_TEST(cut.size() <= longest_name);
    BOOST_TEST(cut == accents.substr(0, 253) + "~1");
    BOOST_TEST(numbered_name(accents, 10, longest_name) == accents.substr(0, 251) + "~10");
    const std::string raw(255, '\x80');
    BOOST_TEST(numbered_name(raw, 1, longest_name) == raw.substr(0, 253) + "~1");
}

BOOST_AUTO_TEST_CASE(a_rejected_picture_leaves_room_for_its_reason) {
    BOOST_TEST(reason_name("too-big.png") == "too-big.png.reason.json");
    const std::string longest(longest_name, 'n');
    BOOST_TEST(reason_name(numbered_name(longest, 0, longest_rejected_name())).size() ==
               longest_name);
}

BOOST_AUTO_TEST_SUITE_END()
