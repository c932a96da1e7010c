#include "retraind/watch/scanner.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "no_descriptors.hpp"
#include "temp_tree.hpp"

using namespace retraind;
using namespace retraind::watch;
using namespace std::chrono_literals;
using retraind::testing::no_descriptors;
using retraind::testing::temp_tree;

namespace {

using names = std::set<std::string>;

name_rules rules(std::vector<std::string> include = options{}.include) {
    options settings;
    settings.include = std::move(include);
    return name_rules(settings);
}

/// Everything that a whole pass gives.
struct pass_result {
    std::vector<scanned_file> files;
    std::vector<error> problems;
    names folders;
    std::size_t parts = 0;

    [[nodiscard]] names paths() const {
        names all;
        for (const scanned_file& file : files) {
            BOOST_TEST(all.insert(file.path).second, file.path << " came twice");
        }
        return all;
    }
};

pass_result pass_over(const std::string& root, scan_limits limits = {},
                      const std::string& below = "", const name_rules& which = rules()) {
    pass_result all;
    scan_cursor cursor(
        root, which, [&all](int, const std::string& path) { all.folders.insert(path); }, below);
    for (bool finished = false; !finished;) {
        result<scan_part> part = cursor.next(limits);
        BOOST_TEST_REQUIRE(part.has_value());
        BOOST_TEST(part->files.size() <= limits.most);
        std::move(part->files.begin(), part->files.end(), std::back_inserter(all.files));
        std::move(part->problems.begin(), part->problems.end(), std::back_inserter(all.problems));
        finished = part->finished;
        ++all.parts;
    }
    return all;
}

names seen_by_name(const std::string& root, const std::vector<std::string>& paths) {
    names all;
    for (const scanned_file& file : look_at(root, rules(), paths)) {
        all.insert(file.path);
    }
    return all;
}

/// A pass and a look at each name agree.
void check_tree(const temp_tree& tree, const names& expected, const names& left_out = {}) {
    const pass_result all = pass_over(tree.root());
    BOOST_TEST((all.paths() == expected));
    BOOST_TEST(all.problems.empty());
    std::vector<std::string> asked(expected.begin(), expected.end());
    asked.insert(asked.end(), left_out.begin(), left_out.end());
    BOOST_TEST((seen_by_name(tree.root(), asked) == expected));
    const std::vector<scanned_file> looked = look_at(tree.root(), rules(), asked);
    for (const scanned_file& file : all.files) {
        const auto same =
            std::find_if(looked.begin(), looked.end(),
                         [&file](const scanned_file& each) { return each.path == file.path; });
        BOOST_TEST_REQUIRE((same != looked.end()));
        BOOST_TEST((same->print == file.print));
        BOOST_TEST((same->identity == file.identity));
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(scanner)

BOOST_AUTO_TEST_CASE(pictures_in_folders_are_found_and_nothing_else) {
    const temp_tree tree;
    tree.write("top.jpg");
    tree.write("cat/a.JPG");
    tree.write("cat/deep/b.png");
    tree.write("cat/empty.gif", "");
    tree.write("cat/notes.txt");
    tree.write("cat/c.jpg.part");
    tree.write("cat/@eaDir/thumb.jpg");
    tree.write(".retraind-0001.jpg");
    tree.write(".hidden/a.jpg");
    tree.folder("folder.jpg");
    check_tree(tree, {"top.jpg", "cat/a.JPG", "cat/deep/b.png", "cat/empty.gif"},
               {"cat/notes.txt", "cat/c.jpg.part", "cat/@eaDir/thumb.jpg", ".retraind-0001.jpg",
                ".hidden/a.jpg", "folder.jpg", "gone.jpg", "gone/a.jpg"});
}

BOOST_AUTO_TEST_CASE(identity_is_what_the_file_system_says) {
    const temp_tree tree;
    tree.write("a.jpg", "12345");
    struct stat facts {};
    BOOST_TEST_REQUIRE(::stat(tree.at("a.jpg").c_str(), &facts) == 0);
    const pass_result all = pass_over(tree.root());
    BOOST_TEST_REQUIRE(all.files.size() == 1U);
    const file_identity& found = all.files[0].identity;
    BOOST_TEST(found.device == facts.st_dev);
    BOOST_TEST(found.inode == facts.st_ino);
    BOOST_TEST(found.size == 5U);
    BOOST_TEST(found.modified_ns == facts.st_mtim.tv_sec * 1'000'000'000 + facts.st_mtim.tv_nsec);
    BOOST_TEST(found.changed_ns == facts.st_ctim.tv_sec * 1'000'000'000 + facts.st_ctim.tv_nsec);
    BOOST_TEST((all.files[0].print == fingerprint(tree.root(), "a.jpg", found)));
}

BOOST_AUTO_TEST_CASE(names_are_bytes) {
    const temp_tree tree;
    const names all{"new\nline.jpg",     "\xff\xfe.jpg", std::string(251, 'x') + ".jpg",
                    "Cat.jpg",           "cat.jpg",      "c\xc3\xa4t/a.jpg",
                    "ca\xcc\x88t/a.jpg", "a b'\"\\.jpg", "-rf.jpg",
                    "100%s.jpg"};
    for (const std::string& name : all) {
        tree.write(name);
    }
    check_tree(tree, all);
}

BOOST_AUTO_TEST_CASE(links_to_folders_are_never_entered) {
    const temp_tree tree;
    const temp_tree outside;
    outside.write("a.jpg");
    tree.write("cat/a.jpg");
    tree.link(outside.root(), "outside");
    tree.link("cat", "inside");
    tree.link(".", "loop");
    check_tree(tree, {"cat/a.jpg"}, {"outside/a.jpg", "inside/a.jpg", "loop/cat/a.jpg"});
}

BOOST_AUTO_TEST_CASE(links_to_files_count_inside_the_tree_only) {
    const temp_tree tree;
    const temp_tree outside;
    outside.write("a.jpg");
    tree.write("store/a.jpg", "12345");
    tree.folder("folder");
    tree.link("store/a.jpg", "good.jpg");
    tree.link(tree.at("store/a.jpg"), "absolute.jpg");
    tree.link("good.jpg", "twice.jpg");
    tree.link(outside.at("a.jpg"), "outside.jpg");
    tree.link("nowhere.jpg", "dangling.jpg");
    tree.link("circle.jpg", "circle.jpg");
    tree.link("folder", "folder.jpg");
    tree.link("/dev/null", "device.jpg");
    check_tree(tree, {"store/a.jpg", "good.jpg", "absolute.jpg", "twice.jpg"},
               {"outside.jpg", "dangling.jpg", "circle.jpg", "folder.jpg", "device.jpg"});
    for (const scanned_file& file : pass_over(tree.root()).files) {
        BOOST_TEST(file.identity.size == 5U, file.path);
    }
}

BOOST_AUTO_TEST_CASE(a_folder_beside_the_tree_whose_name_begins_alike_is_outside) {
    const temp_tree both;
    both.write("drop-other/a.jpg");
    both.folder("drop");
    both.link("../drop-other/a.jpg", "drop/a.jpg");
    BOOST_TEST(pass_over(both.at("drop")).files.empty());
}

BOOST_AUTO_TEST_CASE(the_watched_folder_itself_may_be_a_link) {
    const temp_tree both;
    both.write("real/cat/a.jpg");
    both.link("cat/a.jpg", "real/b.jpg");
    both.link("real", "drop");
    BOOST_TEST((pass_over(both.at("drop")).paths() == names{"cat/a.jpg", "b.jpg"}));
    BOOST_TEST(
        (seen_by_name(both.at("drop"), {"cat/a.jpg", "b.jpg"}) == names{"cat/a.jpg", "b.jpg"}));
}

BOOST_AUTO_TEST_CASE(hard_links_are_files_of_their_own) {
    const temp_tree tree;
    tree.write("a.jpg");
    tree.folder("cat");
    BOOST_TEST_REQUIRE(::link(tree.at("a.jpg").c_str(), tree.at("cat/b.jpg").c_str()) == 0);
    check_tree(tree, {"a.jpg", "cat/b.jpg"});
    const pass_result all = pass_over(tree.root());
    BOOST_TEST(all.files[0].identity.inode == all.files[1].identity.inode);
    BOOST_TEST((all.files[0].print != all.files[1].print));
}

BOOST_AUTO_TEST_CASE(sockets_and_pipes_are_ignored) {
    const temp_tree tree;
    BOOST_TEST_REQUIRE(::mkfifo(tree.at("pipe.jpg").c_str(), 0600) == 0);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    tree.at("socket.jpg").copy(address.sun_path, sizeof address.sun_path - 1);
    BOOST_TEST_REQUIRE(
        ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(socket);
    tree.link("pipe.jpg", "link.jpg");
    check_tree(tree, {}, {"pipe.jpg", "socket.jpg", "link.jpg"});
}

BOOST_AUTO_TEST_CASE(each_folder_is_announced_before_its_files) {
    const temp_tree tree;
    tree.write("cat/deep/a.jpg");
    tree.folder("dog/@eaDir");
    std::vector<std::string> announced;
    scan_cursor cursor(tree.root(), rules(), [&](int folder, const std::string& path) {
        struct stat facts {};
        BOOST_TEST(::fstat(folder, &facts) == 0);
        if (path == "cat/deep") {
            tree.write("cat/deep/late.jpg");
        }
        announced.push_back(path);
    });
    const auto part = cursor.next({});
    BOOST_TEST_REQUIRE(part.has_value());
    BOOST_TEST(part->files.size() == 2U);
    BOOST_TEST(announced.front().empty());
    BOOST_TEST((names(announced.begin(), announced.end()) == names{"", "cat", "cat/deep", "dog"}));
}

BOOST_AUTO_TEST_CASE(a_pass_may_begin_in_a_subfolder) {
    const temp_tree tree;
    tree.write("cat/deep/a.jpg");
    tree.write("cat/b.jpg");
    tree.write("dog/c.jpg");
    BOOST_TEST((pass_over(tree.root(), {}, "cat").paths() == names{"cat/deep/a.jpg", "cat/b.jpg"}));
    BOOST_TEST((pass_over(tree.root(), {}, "cat/deep").paths() == names{"cat/deep/a.jpg"}));
    tree.link("cat", "link");
    for (const char* below : {"link", "link/deep", "gone", "cat/b.jpg"}) {
        scan_cursor cursor(
            tree.root(), rules(), [](int, const std::string&) {}, below);
        BOOST_TEST(!cursor.next({}).has_value(), below);
    }
}

BOOST_AUTO_TEST_CASE(a_missing_top_folder_is_an_error) {
    const temp_tree tree;
    scan_cursor missing(tree.at("gone"), rules(), [](int, const std::string&) {});
    const auto part = missing.next({});
    BOOST_TEST_REQUIRE(!part.has_value());
    BOOST_TEST((part.error().code == errc::not_found));
    BOOST_TEST(part.error().message.find(tree.at("gone")) != std::string::npos);
    tree.write("file");
    scan_cursor no_folder(tree.at("file"), rules(), [](int, const std::string&) {});
    BOOST_TEST(!no_folder.next({}).has_value());
    BOOST_TEST(look_at(tree.at("gone"), rules(), {"a.jpg"}).empty());
}

BOOST_AUTO_TEST_CASE(an_unreadable_folder_is_a_problem_and_the_rest_is_found) {
    if (::geteuid() == 0) {
        BOOST_TEST_MESSAGE("root reads every folder; see a_pass_without_descriptors");
    }
    const temp_tree tree;
    tree.write("cat/a.jpg");
    tree.write("dog/b.jpg");
    BOOST_TEST_REQUIRE(::chmod(tree.at("cat").c_str(), 0) == 0);
    const pass_result all = pass_over(tree.root());
    BOOST_TEST_REQUIRE(::chmod(tree.at("cat").c_str(), 0700) == 0);
    BOOST_TEST(all.paths().contains("dog/b.jpg"));
    if (::geteuid() != 0) {
        BOOST_TEST_REQUIRE(all.problems.size() == 1U);
        BOOST_TEST((all.problems[0].code == errc::denied));
        BOOST_TEST(all.problems[0].message.find(tree.at("cat")) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_pass_without_descriptors_names_what_it_could_not_read_and_goes_on) {
    const temp_tree tree;
    tree.write("cat/a.jpg");
    tree.write("dog/b.jpg");
    tree.write("top.jpg");
    scan_cursor cursor(tree.root(), rules(), [](int, const std::string&) {});
    BOOST_TEST_REQUIRE(cursor.next({1024, 0ms}).has_value());
    std::optional<no_descriptors> limit(std::in_place);
    std::vector<scanned_file> files;
    std::vector<error> problems;
    for (bool finished = false; !finished;) {
        const result<scan_part> part = cursor.next({});
        files.insert(files.end(), part->files.begin(), part->files.end());
        problems.insert(problems.end(), part->problems.begin(), part->problems.end());
        finished = part->finished;
    }
    limit.reset();
    BOOST_TEST(files.size() + problems.size() >= 2U);
    BOOST_TEST_REQUIRE(!problems.empty());
    for (const error& problem : problems) {
        BOOST_TEST((problem.code == errc::full));
    }
}

BOOST_AUTO_TEST_CASE(a_folder_that_goes_away_in_the_middle_is_no_problem) {
    const temp_tree tree;
    for (int at = 0; at < 50; ++at) {
        tree.write("cat/" + std::to_string(at) + ".jpg");
    }
    tree.write("cat/deep/a.jpg");
    scan_cursor cursor(tree.root(), rules(), [](int, const std::string&) {});
    auto part = cursor.next({10, 1h});
    BOOST_TEST_REQUIRE(part.has_value());
    BOOST_TEST(part->files.size() == 10U);
    tree.remove("cat");
    for (bool finished = false; !finished;) {
        part = cursor.next({});
        BOOST_TEST_REQUIRE(part.has_value());
        BOOST_TEST(part->files.empty());
        BOOST_TEST(part->problems.empty());
        finished = part->finished;
    }
}

BOOST_AUTO_TEST_CASE(deep_trees_are_followed_so_far_and_the_rest_is_named) {
    const temp_tree tree;
    std::string path;
    for (int level = 0; level < 63; ++level) {
        path += "f/";
    }
    tree.write(path + "deepest.jpg");
    BOOST_TEST(pass_over(tree.root()).paths().contains(path + "deepest.jpg"));
    tree.write(path + "f/too-deep.jpg");
    const pass_result all = pass_over(tree.root());
    BOOST_TEST((all.paths() == names{path + "deepest.jpg"}));
    BOOST_TEST_REQUIRE(all.problems.size() == 1U);
    BOOST_TEST(all.problems[0].message.find("64 folders deep") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(paths_longer_than_the_kernel_takes_are_found) {
    const temp_tree tree;
    const std::string name(250, 'd');
    int folder = ::open(tree.root().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    std::string path;
    for (int level = 0; level < 20; ++level) {
        BOOST_TEST_REQUIRE(::mkdirat(folder, name.c_str(), 0700) == 0);
        const int next = ::openat(folder, name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        ::close(folder);
        folder = next;
        path += name + "/";
    }
    ::close(::openat(folder, "a.jpg", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    ::close(folder);
    check_tree(tree, {path + "a.jpg"});
}

BOOST_AUTO_TEST_CASE(time_ends_a_part_even_where_no_picture_is_found) {
    const temp_tree tree;
    for (int at = 0; at < 30; ++at) {
        tree.write(std::to_string(at) + ".txt");
    }
    tree.write("a.jpg");
    const pass_result all = pass_over(tree.root(), {1024, 0ms});
    BOOST_TEST(all.parts > 30U);
    BOOST_TEST((all.paths() == names{"a.jpg"}));
}

BOOST_AUTO_TEST_CASE(twenty_thousand_files_come_in_parts_each_once) {
    const temp_tree tree(temp_tree::memory());
    const std::size_t count = 20'000;
    for (int folder = 0; folder < 20; ++folder) {
        const std::string in = "tag" + std::to_string(folder) + "/";
        tree.folder(in);
        for (int at = 0; at < 1000; ++at) {
            const std::string path = tree.at(in + std::to_string(at) + ".jpg");
            ::close(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        }
    }
    const pass_result all = pass_over(tree.root(), {256, 1h});
    BOOST_TEST(all.paths().size() == count);
    BOOST_TEST(all.parts >= count / 256);
    std::set<file_fingerprint> prints;
    for (const scanned_file& file : all.files) {
        prints.insert(file.print);
    }
    BOOST_TEST(prints.size() == count);
}

BOOST_AUTO_TEST_SUITE_END()
