#include <cerrno>

#include <boost/test/unit_test.hpp>

#include "helpers.hpp"

using namespace retraind;
using namespace retraind::testing;
using namespace retraind::disposal;

namespace {

/// What a file system may lack, in the calls that then fail and how.
using lacks = std::map<std::string, int>;

const lacks no_noreplace{{"rename_new", EINVAL}};
const lacks no_links{{"rename_new", EINVAL}, {"link", EPERM}};
const lacks old_kernel{{"rename_new", ENOSYS}, {"link", EOPNOTSUPP}};

void without(drop& test, const lacks& missing) {
    test.calls.before = [missing](const std::string& call, unsigned) {
        const auto found = missing.find(call);
        return found == missing.end() ? 0 : found->second;
    };
}

struct other_device : drop {
    temporary_folder shared{"/dev/shm"};

    other_device() {
        moved = shared / "moved";
        rejected = shared / "rejected";
        chosen = {move_to{moved}, rejected};
    }
    [[nodiscard]] bool is_other() const {
        struct stat here {};
        struct stat there {};
        return ::stat(watched.c_str(), &here) == 0 && ::stat("/dev/shm", &there) == 0 &&
               here.st_dev != there.st_dev;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(file_systems)

BOOST_AUTO_TEST_CASE(nothing_is_overwritten_whatever_they_lack) {
    for (const lacks& missing : {no_noreplace, no_links, old_kernel}) {
        drop test;
        without(test, missing);
        write_file(test.moved + "/a.jpg", "taken");
        BOOST_TEST(as<done>(test.dispose(test.put("a.jpg"))).path == test.moved + "/a~1.jpg");
        BOOST_TEST((tree(test.moved) == files{{"a.jpg", "taken"}, {"a~1.jpg", "picture"}}));
        BOOST_TEST(tree(test.watched).empty());
        as<done>(test.dispose(test.put("b.jpg", "x", outcome::rejected)));
        BOOST_TEST(tree(test.rejected).size() == 2U);
    }
}

BOOST_AUTO_TEST_CASE(a_changed_file_is_given_back_whatever_they_lack) {
    for (const lacks& missing : {no_noreplace, no_links}) {
        drop test;
        const auto picture = test.put("a.jpg", "sent");
        test.calls.before = [&](const std::string& call, unsigned number) {
            if (number == 1) {
                write_file(test.watched + "/a.jpg", "replaced");
            } else if (number == 3) {
                write_file(test.watched + "/a.jpg", "appeared");
            }
            const auto found = missing.find(call);
            return found == missing.end() ? 0 : found->second;
        };
        BOOST_TEST(as<changed>(test.dispose(picture)).path == "a~1.jpg");
        BOOST_TEST((tree(test.watched) == files{{"a.jpg", "appeared"}, {"a~1.jpg", "replaced"}}));
    }
}

BOOST_AUTO_TEST_CASE(a_copy_has_mode_and_time) {
    drop test;
    without(test, no_links);
    const auto picture = test.put("a.jpg");
    ::chmod((test.watched + "/a.jpg").c_str(), 0640);
    as<done>(test.dispose(picture));
    struct stat found {};
    BOOST_TEST_REQUIRE(::stat((test.moved + "/a.jpg").c_str(), &found) == 0);
    BOOST_TEST((found.st_mode & 07777U) == 0640U);
    BOOST_TEST(identity_of(test.moved + "/a.jpg").modified_ns == picture.sent.modified_ns);
}

BOOST_AUTO_TEST_CASE(a_picture_moves_to_another_device) {
    other_device test;
    BOOST_TEST_REQUIRE(test.is_other());
    const std::string large(1'000'003, 'x');
    write_file(test.moved + "/cat/a.jpg", "taken");
    const auto picture = test.put("cat/a.jpg", large);
    BOOST_TEST(as<done>(test.dispose(picture)).path == test.moved + "/cat/a~1.jpg");
    BOOST_TEST((tree(test.moved) == files{{"cat/a.jpg", "taken"}, {"cat/a~1.jpg", large}}));
    BOOST_TEST(identity_of(test.moved + "/cat/a~1.jpg").modified_ns == picture.sent.modified_ns);
    BOOST_TEST(tree(test.watched).empty());
    as<done>(test.dispose(test.put("b.jpg", "x", outcome::rejected)));
    BOOST_TEST(tree(test.rejected).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_link_moves_to_another_device_as_it_is) {
    other_device test;
    test.put("real.jpg");
    std::filesystem::create_symlink("real.jpg", test.watched + "/link.jpg");
    as<done>(test.dispose(test.settled("link.jpg")));
    BOOST_TEST((tree(test.moved) == files{{"link.jpg", "-> real.jpg"}}));
    BOOST_TEST((tree(test.watched) == files{{"real.jpg", "picture"}}));
}

BOOST_AUTO_TEST_CASE(a_source_that_grows_while_it_is_copied_is_given_back) {
    other_device test;
    const auto picture = test.put("a.jpg", "picture");
    std::ofstream writer(test.watched + "/a.jpg", std::ios::app);
    test.calls.before = [&](const std::string& call, unsigned) {
        if (call == "write") {
            writer << " and more" << std::flush;
        }
        return 0;
    };
    as<changed>(test.dispose(picture));
    BOOST_TEST(read_file(test.watched + "/a.jpg").find("picture and more") == 0U);
    BOOST_TEST(tree(test.moved).empty());
}

BOOST_AUTO_TEST_CASE(a_full_disk_keeps_the_file_and_says_so) {
    for (const auto result : {outcome::confirmed, outcome::rejected}) {
        other_device test;
        without(test, {{"write", ENOSPC}});
        const auto answer = as<kept>(test.dispose(test.put("a.jpg", "picture", result)));
        BOOST_TEST_REQUIRE(answer.problem.has_value());
        BOOST_TEST((answer.problem->code == errc::full));
        BOOST_TEST((tree(test.watched) == files{{"a.jpg", "picture"}}));
        BOOST_TEST(tree(test.moved).empty());
        BOOST_TEST(tree(test.rejected).empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
