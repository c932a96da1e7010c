#include "retraind/pipeline/mount_guard.hpp"

#include <boost/test/unit_test.hpp>

#include "project_fixture.hpp"
#include "retraind/disposal/reserved_name_codec.hpp"
#include "retraind/pipeline/mount_rules.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const ledger::mount_record share{"//nas/drop", "cifs"};
const ledger::mount_record disk{"/dev/sda1", "ext4"};

/// The folder lies on whatever `lies_on` says.
struct guard_fixture : project_fixture {
    result<void> look() { return run(made.look()); }
    void mount(const ledger::mount_record& on) {
        lies_on = watch::mount{1, drop(), on.type, on.source};
    }
    /// What a crash in the middle of a disposal leaves.
    void leave(const std::string& name) {
        folder.write("drop/" + *disposal::reserved_name(7, name), "picture");
    }

    result<watch::mount> lies_on = watch::mount{1, drop(), share.type, share.source};
    pipeline::mount_guard made{state, 0, [this](const std::string&) {
                                   return lies_on;
                               }};
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(mount_rules)

BOOST_AUTO_TEST_CASE(source_and_type_decide) {
    BOOST_TEST((judge_mount({}, share) == mount_verdict::first));
    BOOST_TEST((judge_mount(share, share) == mount_verdict::same));
    BOOST_TEST((judge_mount(share, disk) == mount_verdict::replaced));
    BOOST_TEST((judge_mount(share, {share.source, "nfs"}) == mount_verdict::replaced));
    BOOST_TEST((judge_mount(share, {"//nas/other", share.type}) == mount_verdict::replaced));
}

BOOST_AUTO_TEST_CASE(the_sentence_names_both_and_the_mend) {
    const std::string said = replaced_sentence("/srv/drop", share, disk);
    for (const char* part : {"/srv/drop lies on /dev/sda1 (ext4) now", "lay on //nas/drop (cifs)",
                             "retraind retry /srv/drop"}) {
        BOOST_TEST(has(said, part), said);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(mount_guard, guard_fixture)

BOOST_AUTO_TEST_CASE(the_first_mount_is_remembered_and_asked_for_once) {
    BOOST_TEST(look().has_value());
    BOOST_TEST((memory.mount == share));
    BOOST_TEST(look().has_value());
    BOOST_TEST(memory.mount_reads == 1U);
}

BOOST_AUTO_TEST_CASE(another_mount_is_refused_until_the_old_one_is_back) {
    memory.mount = share;
    mount(disk);
    const result<void> refused = look();
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error().code == errc::refused));
    BOOST_TEST(has(refused.error().message, "/dev/sda1 (ext4)"));
    BOOST_TEST((memory.mount == share));
    mount(share);
    BOOST_TEST(look().has_value());
}

BOOST_AUTO_TEST_CASE(another_mount_is_accepted_once_the_ledger_has_let_go_of_the_old) {
    BOOST_TEST(look().has_value());
    mount(disk);
    BOOST_TEST(!look().has_value());
    memory.mount.reset();
    BOOST_TEST(!look().has_value()); // nobody has said so
    made.ask_ledger_again();
    BOOST_TEST(look().has_value());
    BOOST_TEST((memory.mount == disk));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_missing_is_not_replaced) {
    memory.mount = share;
    lies_on = fail(errc::not_found, "not there");
    const result<void> missing = look();
    BOOST_TEST_REQUIRE(!missing.has_value());
    BOOST_TEST((missing.error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(without_its_ledger_nothing_is_believed) {
    memory.broken = true;
    const result<void> unknown = look();
    BOOST_TEST_REQUIRE(!unknown.has_value());
    BOOST_TEST((unknown.error().code == errc::database));
    memory.broken = false;
    BOOST_TEST(look().has_value());
}

BOOST_AUTO_TEST_CASE(leftovers_have_their_names_back_at_the_first_look_and_whenever_it_comes_back) {
    leave("a.jpg");
    BOOST_TEST(look().has_value());
    BOOST_TEST(is_there("a.jpg"));
    leave("b.jpg");
    BOOST_TEST(look().has_value());
    BOOST_TEST(!is_there("b.jpg")); // it may be in the middle of its disposal
    mount(disk);
    BOOST_TEST(!look().has_value());
    BOOST_TEST(!is_there("b.jpg"));
    mount(share);
    BOOST_TEST(look().has_value());
    BOOST_TEST(is_there("b.jpg"));
    BOOST_TEST(events.count(event_name::file_found) == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
