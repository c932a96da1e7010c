#include "retraind/watch/name_rules.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind;
using rules = retraind::watch::name_rules;

namespace {

rules defaults() {
    return rules(watch::options{});
}

} // namespace

BOOST_AUTO_TEST_SUITE(name_rules)

BOOST_AUTO_TEST_CASE(pictures_are_taken_by_their_names) {
    struct {
        const char* name;
        bool taken;
    } const cases[] = {
        {"a.jpg", true},          {"IMG_1.JPG", true},    {"a.b.PnG", true},
        {"a.jpeg", true},         {"a.bmp", true},        {"a.gif", true},
        {" .jpg", true},          {"a\nb.jpg", true},     {"\xff\xfe.jpg", true},
        {"a.txt", false},         {"jpg", false},         {"a.jpg.part", false},
        {"a.jpg.tmp", false},     {".hidden.jpg", false}, {".jpg", false},
        {"a.jpg ", false},        {"Thumbs.db", false},   {".retraind-1.jpg", false},
        {".RETRAIND.jpg", false},
    };
    for (const auto& each : cases) {
        BOOST_TEST(defaults().takes_file(each.name) == each.taken, each.name);
    }
}

BOOST_AUTO_TEST_CASE(folders_are_entered_unless_they_are_excluded) {
    for (const char* name : {"cat", "a.jpg", "_negative", "c\xc3\xa4t", "\xff"}) {
        BOOST_TEST(defaults().enters_folder(name), name);
    }
    for (const char* name : {"@eaDir", "@EADIR", "#recycle", "$RECYCLE.BIN", "lost+found", ".git",
                             "System Volume Information", "x.tmp", ".retraind-x"}) {
        BOOST_TEST(!defaults().enters_folder(name), name);
    }
}

BOOST_AUTO_TEST_CASE(exclusion_wins) {
    watch::options settings;
    settings.include = {"*"};
    settings.exclude = {"*.jpg"};
    BOOST_TEST(!rules(settings).takes_file("a.jpg"));
    BOOST_TEST(rules(settings).takes_file("a.png"));
}

BOOST_AUTO_TEST_CASE(the_daemons_own_names_are_left_out_whatever_the_patterns_say) {
    watch::options settings;
    settings.include = {"*", ".retraind-*"};
    settings.exclude = {};
    BOOST_TEST(!rules(settings).takes_file(".retraind-1234"));
    BOOST_TEST(!rules(settings).enters_folder(".retraind-1234"));
    BOOST_TEST(rules(settings).takes_file(".retrain"));
    BOOST_TEST(rules(settings).takes_file("x.retraind-1"));
}

BOOST_AUTO_TEST_CASE(nothing_matches_an_empty_list) {
    watch::options settings;
    settings.include = {};
    BOOST_TEST(!rules(settings).takes_file("a.jpg"));
    BOOST_TEST(!rules().takes_file("a.jpg"));
}

BOOST_AUTO_TEST_CASE(lists_of_addresses_are_looked_at_whatever_pictures_are_called) {
    watch::options settings;
    settings.include = {"*.jpg"};
    settings.exclude = {"*.part", "old*"};
    for (const char* list : {"new.urls", "New.URLS", "boxes.csv", "a.result.urls"}) {
        BOOST_TEST(rules(settings).takes_file(list), list);
        BOOST_TEST(watch::is_url_list(std::string("cat/") + list), list);
    }
    BOOST_TEST(!rules(settings).takes_file("old.urls"));
    BOOST_TEST(!rules(settings).takes_file("new.urls.part"));
    settings.include = {"*"};
    BOOST_TEST(!rules(settings).takes_file("new.urls.result.csv"));
    BOOST_TEST(!rules(settings).takes_file("new~1.csv.Result.CSV"));
    BOOST_TEST(!watch::is_url_list("new.urls.result.csv"));
    BOOST_TEST(!watch::is_url_list("a.jpg"));
}

BOOST_AUTO_TEST_CASE(every_folder_on_the_way_counts) {
    BOOST_TEST(defaults().takes_path("a.jpg"));
    BOOST_TEST(defaults().takes_path("cat/deep/a.jpg"));
    BOOST_TEST(!defaults().takes_path("cat/@eaDir/a.jpg"));
    BOOST_TEST(!defaults().takes_path(".hidden/cat/a.jpg"));
    BOOST_TEST(!defaults().takes_path("cat/a.txt"));
    BOOST_TEST(defaults().enters_path("cat/deep"));
    BOOST_TEST(!defaults().enters_path("cat/@eaDir"));
    BOOST_TEST(!defaults().enters_path("@eaDir/cat"));
    BOOST_TEST(!defaults().enters_path("cat/.retraind-1/deep"));
}

BOOST_AUTO_TEST_SUITE_END()
