#include "retraind/disposal/disposer.hpp"

#include <algorithm>
#include <chrono>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "helpers.hpp"

using namespace retraind;
using namespace retraind::testing;
using namespace retraind::disposal;

namespace {

/// What was left below the watched folder, none of it under a reserved name.
void check_watched(const drop& test, const files& expected) {
    BOOST_TEST((tree(test.watched) == expected));
}

bool is_reserved_path(const std::string& path) {
    return path.find(".retraind-") != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(disposer)

BOOST_AUTO_TEST_CASE(a_kept_file_is_not_touched) {
    drop test;
    test.chosen = {};
    const auto picture = test.put("cat/a.jpg");
    const auto refused = test.put("cat/b.jpg", "x", outcome::rejected);
    const file_identity before = identity_of(test.watched + "/cat/a.jpg");
    BOOST_TEST(!as<kept>(test.dispose(picture)).problem.has_value());
    BOOST_TEST(!as<kept>(test.dispose(refused)).problem.has_value());
    BOOST_TEST((identity_of(test.watched + "/cat/a.jpg") == before));
}

BOOST_AUTO_TEST_CASE(a_confirmed_file_is_deleted) {
    drop test;
    test.chosen.uploaded = retraind::disposal::remove{};
    const auto picture = test.put("cat/a.jpg");
    test.put("cat/b.jpg", "other");
    BOOST_TEST(as<done>(test.dispose(picture)).path.empty());
    check_watched(test, {{"cat/b.jpg", "other"}});
}

BOOST_AUTO_TEST_CASE(a_moved_file_keeps_its_path_below) {
    drop test;
    const auto picture = test.put("cat/deep/a.jpg");
    const file_identity before = identity_of(test.watched + "/cat/deep/a.jpg");
    BOOST_TEST(as<done>(test.dispose(picture)).path == test.moved + "/cat/deep/a.jpg");
    check_watched(test, {});
    BOOST_TEST((tree(test.moved) == files{{"cat/deep/a.jpg", "picture"}}));
    BOOST_TEST(identity_of(test.moved + "/cat/deep/a.jpg").inode == before.inode);
    BOOST_TEST(as<done>(test.dispose(test.put("top.jpg"))).path == test.moved + "/top.jpg");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_taken_gets_a_number) {
    drop test;
    write_file(test.moved + "/cat/a.jpg", "first");
    write_file(test.moved + "/cat/a~1.jpg", "second");
    BOOST_TEST(as<done>(test.dispose(test.put("cat/a.jpg"))).path == test.moved + "/cat/a~2.jpg");
    BOOST_TEST(
        (tree(test.moved) ==
         files{{"cat/a.jpg", "first"}, {"cat/a~1.jpg", "second"}, {"cat/a~2.jpg", "picture"}}));
}

BOOST_AUTO_TEST_CASE(companions_go_where_their_picture_goes) {
    drop test;
    auto picture = test.put("cat/a.jpg");
    picture.beside.push_back({"cat/a.txt", test.put("cat/a.txt", "boxes").sent});
    BOOST_TEST(as<done>(test.dispose(picture)).path == test.moved + "/cat/a.jpg");
    check_watched(test, {});
    BOOST_TEST((tree(test.moved) == files{{"cat/a.jpg", "picture"}, {"cat/a.txt", "boxes"}}));
}

BOOST_AUTO_TEST_CASE(companions_take_their_pictures_new_name_and_overwrite_nothing) {
    drop test;
    write_file(test.moved + "/cat/a.jpg", "first");
    write_file(test.moved + "/cat/a~1.txt", "somebody's");
    auto picture = test.put("cat/a.jpg");
    picture.beside.push_back({"cat/a.txt", test.put("cat/a.txt", "boxes").sent});
    picture.beside.push_back({"cat/a.XML", test.put("cat/a.XML", "more").sent});
    BOOST_TEST(as<done>(test.dispose(picture)).path == test.moved + "/cat/a~1.jpg");
    BOOST_TEST((tree(test.moved) == files{{"cat/a.jpg", "first"},
                                          {"cat/a~1.jpg", "picture"},
                                          {"cat/a~1.txt", "somebody's"},
                                          {"cat/a~1.XML", "more"},
                                          {"cat/a~1~1.txt", "boxes"}}));
}

BOOST_AUTO_TEST_CASE(a_companion_that_was_written_to_stays_and_one_that_is_gone_is_no_problem) {
    drop test;
    test.chosen.uploaded = retraind::disposal::remove{};
    auto picture = test.put("cat/a.jpg");
    picture.beside.push_back({"cat/a.txt", test.put("cat/a.txt", "boxes").sent});
    picture.beside.push_back({"cat/a.xml", test.put("cat/a.xml", "gone").sent});
    write_file(test.watched + "/cat/a.txt", "boxes, and more");
    std::filesystem::remove(test.watched + "/cat/a.xml");
    const retraind::disposal::disposer hands(test.watched, test.chosen, test.calls);
    const auto all = hands.dispose({picture});
    BOOST_TEST(as<done>(all.files.at(0)).path.empty());
    BOOST_TEST(all.beside.empty());
    check_watched(test, {{"cat/a.txt", "boxes, and more"}});
}

BOOST_AUTO_TEST_CASE(companions_of_a_picture_that_stays_stay) {
    drop test;
    auto picture = test.put("cat/a.jpg");
    picture.beside.push_back({"cat/a.txt", test.put("cat/a.txt", "boxes").sent});
    write_file(test.watched + "/cat/a.jpg", "another picture");
    as<changed>(test.dispose(picture));
    check_watched(test, {{"cat/a.jpg", "another picture"}, {"cat/a.txt", "boxes"}});
}

BOOST_AUTO_TEST_CASE(a_rejected_pictures_companions_go_without_a_reason_of_their_own) {
    drop test;
    auto picture = test.put("cat/a.jpg", "broken", outcome::rejected);
    picture.beside.push_back({"cat/a.txt", test.put("cat/a.txt", "boxes").sent});
    BOOST_TEST(as<done>(test.dispose(picture)).path == test.rejected + "/cat/a.jpg");
    BOOST_TEST(tree(test.rejected).size() == 3U);
    BOOST_TEST(read_file(test.rejected + "/cat/a.txt") == "boxes");
}

BOOST_AUTO_TEST_CASE(a_rejected_file_has_its_reason_beside_it) {
    drop test;
    const auto picture = test.put("cat/a.jpg", "broken", outcome::rejected);
    BOOST_TEST(as<done>(test.dispose(picture)).path == test.rejected + "/cat/a.jpg");
    files found = tree(test.rejected);
    BOOST_TEST(found.size() == 2U);
    BOOST_TEST(found["cat/a.jpg"] == "broken");
    const auto reason = boost::json::parse(found["cat/a.jpg.reason.json"]).as_object();
    BOOST_TEST(reason.at("code").as_string() == "Truncated");
    check_watched(test, {});
}

BOOST_AUTO_TEST_CASE(picture_and_reason_take_the_same_number) {
    drop test;
    write_file(test.rejected + "/a.jpg.reason.json", "an old reason");
    write_file(test.rejected + "/a~1.jpg", "an old picture");
    BOOST_TEST(as<done>(test.dispose(test.put("a.jpg", "x", outcome::rejected))).path ==
               test.rejected + "/a~2.jpg");
    const files found = tree(test.rejected);
    BOOST_TEST(found.size() == 4U);
    BOOST_TEST(found.at("a.jpg.reason.json") == "an old reason");
    BOOST_TEST(found.contains("a~2.jpg.reason.json"));
}

BOOST_AUTO_TEST_CASE(a_file_replaced_before_is_not_even_renamed) {
    drop test;
    const auto picture = test.put("a.jpg", "old bytes");
    std::filesystem::remove(test.watched + "/a.jpg");
    write_file(test.watched + "/a.jpg", "new bytes");
    const file_identity fresh = identity_of(test.watched + "/a.jpg");
    BOOST_TEST(as<changed>(test.dispose(picture)).path == "a.jpg");
    BOOST_TEST((identity_of(test.watched + "/a.jpg") == fresh));
}

BOOST_AUTO_TEST_CASE(each_part_of_the_identity_counts) {
    drop test;
    const auto picture = test.put("a.jpg");
    for (const auto& edit : std::vector<void (*)(file_identity&)>{
             [](file_identity& sent) { ++sent.inode; }, [](file_identity& sent) { ++sent.size; },
             [](file_identity& sent) {
                 ++sent.modified_ns;
             }}) {
        settled_file other = picture;
        edit(other.sent);
        as<changed>(test.dispose(other));
        check_watched(test, {{"a.jpg", "picture"}});
    }
    settled_file renamed = picture;
    ++renamed.sent.changed_ns;
    as<done>(test.dispose(renamed));
}

BOOST_AUTO_TEST_CASE(a_file_replaced_at_the_last_moment_is_given_back) {
    for (const bool appears_again : {false, true}) {
        drop test;
        const std::string path = test.watched + "/cat/a.jpg";
        const auto picture = test.put("cat/a.jpg", "sent");
        test.calls.before = [&](const std::string&, unsigned number) {
            if (number == 1) { // between the first look and the reservation
                write_file(test.watched + "/new", "replaced");
                std::filesystem::rename(test.watched + "/new", path);
            } else if (number == 2 && appears_again) {
                write_file(path, "yet another");
            }
            return 0;
        };
        const auto result = as<changed>(test.dispose(picture));
        if (appears_again) {
            BOOST_TEST(result.path == "cat/a~1.jpg");
            check_watched(test, {{"cat/a.jpg", "yet another"}, {"cat/a~1.jpg", "replaced"}});
        } else {
            BOOST_TEST(result.path == "cat/a.jpg");
            check_watched(test, {{"cat/a.jpg", "replaced"}});
        }
        BOOST_TEST(tree(test.moved).empty());
    }
}

BOOST_AUTO_TEST_CASE(a_file_written_under_the_name_meanwhile_stays) {
    drop test;
    const auto picture = test.put("a.jpg", "sent");
    test.calls.before = [&](const std::string&, unsigned number) {
        if (number == 2) { // after the reservation
            write_file(test.watched + "/a.jpg", "the next one");
        }
        return 0;
    };
    as<done>(test.dispose(picture));
    check_watched(test, {{"a.jpg", "the next one"}});
    BOOST_TEST((tree(test.moved) == files{{"a.jpg", "sent"}}));
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_gone) {
    drop test;
    const auto picture = test.put("cat/a.jpg");
    std::filesystem::remove(test.watched + "/cat/a.jpg");
    as<gone>(test.dispose(picture));
    std::filesystem::remove(test.watched + "/cat");
    as<gone>(test.dispose(picture));
    write_file(test.watched + "/cat", "a file now");
    as<gone>(test.dispose(picture));
}

BOOST_AUTO_TEST_CASE(a_share_that_went_away_takes_nothing_with_it) {
    drop test;
    const auto picture = test.put("a.jpg");
    std::filesystem::rename(test.watched, test.folder / "elsewhere");
    BOOST_TEST(as<kept>(test.dispose(picture)).problem.has_value());
}

BOOST_AUTO_TEST_CASE(a_folder_swapped_for_a_link_leads_nowhere) {
    drop test;
    const auto picture = test.put("cat/a.jpg");
    std::filesystem::rename(test.watched + "/cat", test.folder / "private");
    std::filesystem::create_symlink(test.folder / "private", test.watched + "/cat");
    as<gone>(test.dispose(picture));
    BOOST_TEST(read_file(test.folder / "private/a.jpg") == "picture");
}

BOOST_AUTO_TEST_CASE(paths_that_climb_are_refused) {
    drop test;
    write_file(test.folder / "outside.jpg", "not ours");
    settled_file file{
        "../outside.jpg", identity_of(test.folder / "outside.jpg"), outcome::confirmed, {}};
    for (const char* path : {"../outside.jpg", "cat/../../outside.jpg", "./a.jpg", "cat//a.jpg"}) {
        file.path = path;
        const auto result = test.dispose(file);
        BOOST_TEST(!std::holds_alternative<done>(result), path);
    }
    BOOST_TEST(read_file(test.folder / "outside.jpg") == "not ours");
}

BOOST_AUTO_TEST_CASE(of_a_link_the_link_is_disposed_of) {
    drop test;
    test.chosen.uploaded = retraind::disposal::remove{};
    test.put("real/a.jpg");
    std::filesystem::create_directories(test.watched + "/cat");
    std::filesystem::create_symlink("../real/a.jpg", test.watched + "/cat/link.jpg");
    as<done>(test.dispose(test.settled("cat/link.jpg")));
    check_watched(test, {{"real/a.jpg", "picture"}});

    std::filesystem::create_symlink("../real/a.jpg", test.watched + "/cat/link.jpg");
    const auto link = test.settled("cat/link.jpg");
    write_file(test.watched + "/real/a.jpg", "other picture");
    as<changed>(test.dispose(link));
    std::filesystem::remove(test.watched + "/real/a.jpg");
    as<changed>(test.dispose(link));
    check_watched(test, {{"cat/link.jpg", "-> ../real/a.jpg"}});
}

BOOST_AUTO_TEST_CASE(a_hard_link_elsewhere_stays) {
    drop test;
    test.chosen.uploaded = retraind::disposal::remove{};
    const auto picture = test.put("a.jpg");
    std::filesystem::create_hard_link(test.watched + "/a.jpg", test.watched + "/b.jpg");
    as<done>(test.dispose(picture));
    check_watched(test, {{"b.jpg", "picture"}});
}

BOOST_AUTO_TEST_CASE(an_open_writer_keeps_what_it_writes) {
    drop test;
    const auto picture = test.put("a.jpg", "picture");
    std::ofstream writer(test.watched + "/a.jpg", std::ios::app);
    test.calls.before = [&](const std::string&, unsigned number) {
        if (number == 1) {
            writer << " and more" << std::flush;
        }
        return 0;
    };
    as<changed>(test.dispose(picture));
    check_watched(test, {{"a.jpg", "picture and more"}});
}

BOOST_AUTO_TEST_CASE(the_longest_names_go_the_same_way) {
    const std::string longest = std::string(251, 'n') + ".jpg";
    {
        drop test;
        BOOST_TEST(as<done>(test.dispose(test.put("cat/" + longest))).path ==
                   test.moved + "/cat/" + longest);
        check_watched(test, {});
        BOOST_TEST(std::filesystem::is_empty(test.watched + "/cat"));
    }
    {
        drop test;
        as<done>(test.dispose(test.put(longest, "x", outcome::rejected)));
        const files found = tree(test.rejected);
        BOOST_TEST(found.size() == 2U);
        BOOST_TEST(found.contains(std::string(239, 'n') + ".jpg"));
    }
    {
        drop test;
        std::filesystem::create_symlink("real.jpg", test.watched + "/" + longest);
        test.put("real.jpg");
        as<done>(test.dispose(test.settled(longest)));
        check_watched(test, {{"real.jpg", "picture"}});
    }
    drop test;
    const auto picture = test.put(longest);
    test.calls.before = [&](const std::string& call, unsigned) {
        if (call == "rename") {
            write_file(test.watched + "/" + longest, "longer than before");
        }
        return 0;
    };
    as<changed>(test.dispose(picture));
    check_watched(test, {{longest, "longer than before"}});
    BOOST_TEST(!std::filesystem::exists(test.watched + "/.retraind"));
    for (const auto& each : std::filesystem::directory_iterator(test.watched)) {
        BOOST_TEST(!is_reserved_path(each.path().native()));
    }
}

BOOST_AUTO_TEST_CASE(names_are_raw_bytes) {
    drop test;
    const std::string wild = "caf\xe9/new\nline ~1.jpg";
    BOOST_TEST(as<done>(test.dispose(test.put(wild))).path == test.moved + "/" + wild);
}

BOOST_AUTO_TEST_CASE(where_nothing_can_be_moved_to_it_stays) {
    drop test;
    write_file(test.moved, "a file in the place of the folder");
    const auto result = as<kept>(test.dispose(test.put("cat/a.jpg")));
    BOOST_TEST_REQUIRE(result.problem.has_value());
    BOOST_TEST(result.problem->message.find("moved") != std::string::npos);
    BOOST_TEST(result.path == "cat/a.jpg");
    check_watched(test, {{"cat/a.jpg", "picture"}});
    BOOST_TEST(read_file(test.moved) == "a file in the place of the folder");
}

BOOST_AUTO_TEST_CASE(many_files_are_answered_in_order) {
    drop test;
    const auto first = test.put("a.jpg");
    const auto lost = test.put("b.jpg");
    const auto third = test.put("cat/c.jpg", "x", outcome::rejected);
    std::filesystem::remove(test.watched + "/b.jpg");
    const disposals all =
        retraind::disposal::disposer(test.watched, test.chosen).dispose({first, lost, third});
    BOOST_TEST_REQUIRE(all.files.size() == 3U);
    BOOST_TEST(as<done>(all.files[0]).path == test.moved + "/a.jpg");
    as<gone>(all.files[1]);
    BOOST_TEST(as<done>(all.files[2]).path == test.rejected + "/cat/c.jpg");
    BOOST_TEST(!all.not_durable.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
