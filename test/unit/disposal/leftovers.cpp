#include <algorithm>

#include <boost/test/unit_test.hpp>

#include "helpers.hpp"
#include "retraind/disposal/reserved_name_codec.hpp"

using namespace retraind;
using namespace retraind::testing;
using namespace retraind::disposal;

BOOST_AUTO_TEST_SUITE(leftovers)

BOOST_AUTO_TEST_CASE(every_leftover_gets_its_name_back) {
    drop test;
    const std::string longest(255, 'n');
    test.put("kept.jpg", "kept");
    test.put("cat/" + *reserved_name(1, "a.jpg"), "a");
    test.put("cat/deep/" + *reserved_name(2, "b.jpg"), "b");
    test.put("dog/" + reserved_folder(3) + "/" + longest, "c");
    auto found = test.give_back();
    BOOST_TEST(found.problems.empty());
    std::sort(found.given_back.begin(), found.given_back.end());
    BOOST_TEST(found.given_back ==
                   (std::vector<std::string>{"cat/a.jpg", "cat/deep/b.jpg", "dog/" + longest}),
               boost::test_tools::per_element());
    BOOST_TEST((tree(test.watched) == files{{"kept.jpg", "kept"},
                                            {"cat/a.jpg", "a"},
                                            {"cat/deep/b.jpg", "b"},
                                            {"dog/" + longest, "c"}}));
    BOOST_TEST(!std::filesystem::exists(test.watched + "/dog/" + reserved_folder(3)));
}

BOOST_AUTO_TEST_CASE(nothing_is_overwritten) {
    drop test;
    test.put("a.jpg", "new");
    test.put(*reserved_name(1, "a.jpg"), "old");
    test.put(*reserved_name(2, "a.jpg"), "older");
    BOOST_TEST(test.give_back().given_back.size() == 2U);
    const files now = tree(test.watched);
    BOOST_TEST(now.size() == 3U);
    BOOST_TEST(now.at("a.jpg") == "new");
    BOOST_TEST(now.contains("a~1.jpg"));
    BOOST_TEST(now.contains("a~2.jpg"));
}

BOOST_AUTO_TEST_CASE(what_is_not_ours_is_left_alone) {
    drop test;
    const files before{{".retraind-something", "1"},
                       {partial_name(5), "2"},
                       {".retraind-folder/a.jpg", "3"},
                       {".hidden/b.jpg", "4"}};
    for (const auto& [path, text] : before) {
        test.put(path, text);
    }
    std::filesystem::create_directories(test.folder / "outside");
    write_file(test.folder / ("outside/" + *reserved_name(1, "c.jpg")), "5");
    std::filesystem::create_directory_symlink(test.folder / "outside", test.watched + "/link");
    const auto found = test.give_back();
    BOOST_TEST(found.given_back.empty());
    BOOST_TEST(found.problems.empty());
    files now = tree(test.watched);
    now.erase("link");
    BOOST_TEST((now == before));
    BOOST_TEST(std::filesystem::exists(test.folder / ("outside/" + *reserved_name(1, "c.jpg"))));
}

BOOST_AUTO_TEST_CASE(an_empty_reserved_folder_is_removed) {
    drop test;
    std::filesystem::create_directories(test.watched + "/" + reserved_folder(1));
    BOOST_TEST(test.give_back().problems.empty());
    BOOST_TEST(std::filesystem::is_empty(test.watched));
}

BOOST_AUTO_TEST_CASE(a_missing_tree_is_said) {
    drop test;
    std::filesystem::remove(test.watched);
    BOOST_TEST_REQUIRE(test.give_back().problems.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
