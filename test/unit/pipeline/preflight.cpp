#include "retraind/pipeline/preflight.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "retraind/ledger/open_ledger.hpp"
#include "retraind/watch/mount_table.hpp"
#include "scratch_folder.hpp"
#include "support/run_task.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

/// One project with one folder and nothing wrong.
struct fixture {
    scratch_folder folder;
    variable_guard no_credentials{"CREDENTIALS_DIRECTORY", nullptr};
    config::configuration wanted;

    fixture() {
        wanted.service.key.file = folder.write("key", "0123456789abcdef");
        wanted.state = folder.at("state");
        wanted.projects.emplace_back();
        wanted.projects[0].name = "cats";
        wanted.projects[0].watch.emplace_back();
        watch().watch.path = folder.make_folder("drop");
    }
    config::watch_block& watch() { return wanted.projects[0].watch[0]; }
};

/// The only fault there is to be, by its key; its sentence has `words`.
void check_fault(const std::vector<disk_fault>& found, std::string_view key,
                 std::string_view words) {
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].key == key);
    BOOST_TEST((found[0].sentence.find(words) != std::string::npos),
               found[0].sentence << " lacks " << words);
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(preflight, fixture)

BOOST_AUTO_TEST_CASE(finds_nothing_where_all_is_well_and_makes_the_state_folder) {
    BOOST_TEST(pipeline::preflight(wanted).empty());
    BOOST_TEST(std::filesystem::is_directory(wanted.state));
}

BOOST_AUTO_TEST_CASE(a_watched_folder_that_is_missing_is_named_and_not_made) {
    watch().watch.path = folder.at("away");
    check_fault(pipeline::preflight(wanted), "projects[0].watch[0].path", "away is not there");
    BOOST_TEST(!std::filesystem::exists(folder.at("away")));
}

BOOST_AUTO_TEST_CASE(another_mount_than_the_ledger_knows_is_named) {
    boost::asio::io_context loop{1};
    const std::string drop = watch().watch.path;
    const auto lies_on = [&](const ledger::mount_record& on) {
        auto opened =
            run_task(loop, ledger::open_ledger(loop.get_executor(), wanted.state, system_clock()));
        BOOST_TEST_REQUIRE(opened.has_value());
        BOOST_TEST_REQUIRE(
            run_task(loop, opened->memory->accept_mount(project_id(), drop, on, wall_time()))
                .has_value());
    };
    lies_on({"//nas/drop", "cifs"});
    check_fault(pipeline::preflight(wanted), "projects[0].watch[0].path",
                "lay on //nas/drop (cifs) before");
    const result<retraind::watch::mount> now = retraind::watch::mount_of(drop);
    BOOST_TEST_REQUIRE(now.has_value());
    lies_on({now->source, now->type});
    BOOST_TEST(pipeline::preflight(wanted).empty());
}

BOOST_AUTO_TEST_CASE(a_file_where_a_folder_should_be_is_named) {
    watch().watch.path = folder.write("file", "x");
    check_fault(pipeline::preflight(wanted), "projects[0].watch[0].path", "is not a folder");
}

BOOST_AUTO_TEST_CASE(the_key_of_the_right_folder_of_the_right_project_is_named) {
    wanted.projects.push_back(wanted.projects[0]);
    wanted.projects[1].watch.push_back(wanted.projects[1].watch[0]);
    wanted.projects[1].watch[1].watch.path = folder.at("away");
    check_fault(pipeline::preflight(wanted), "projects[1].watch[1].path", "away");
}

BOOST_AUTO_TEST_CASE(makes_the_folders_that_files_are_moved_to) {
    watch().disposal.uploaded = disposal::move_to{folder.at("done/deep")};
    watch().disposal.rejected = folder.at("rejected");
    BOOST_TEST(pipeline::preflight(wanted).empty());
    BOOST_TEST(std::filesystem::is_directory(folder.at("done/deep")));
    BOOST_TEST(std::filesystem::is_directory(folder.at("rejected")));
}

BOOST_AUTO_TEST_CASE(a_look_at_the_disk_makes_no_folder_and_names_those_that_will_be_made) {
    watch().disposal.uploaded = disposal::move_to{folder.at("done/deep")};
    watch().disposal.rejected = folder.at("rejected");
    const disk_view seen = look_at_disk(wanted);
    BOOST_TEST(seen.faults.empty());
    BOOST_TEST_REQUIRE(seen.to_make.size() == 3U);
    BOOST_TEST(seen.to_make[0].key == "state");
    BOOST_TEST(seen.to_make[1].key == "projects[0].watch[0].after_upload.move_to");
    BOOST_TEST(seen.to_make[1].sentence.find("done/deep is not there yet") != std::string::npos);
    BOOST_TEST(seen.to_make[2].key == "projects[0].watch[0].rejected");
    for (const char* name : {"state", "done", "rejected"}) {
        BOOST_TEST(!std::filesystem::exists(folder.at(name)), name);
    }
    BOOST_TEST(pipeline::preflight(wanted).empty());
    BOOST_TEST(look_at_disk(wanted).to_make.empty());
}

BOOST_AUTO_TEST_CASE(a_look_at_the_disk_says_what_could_not_be_made) {
    watch().disposal.rejected = folder.write("file", "x") + "/deep/rejected";
    wanted.state = folder.make_folder("state");
    check_fault(look_at_disk(wanted).faults, "projects[0].watch[0].rejected", "cannot be made");
    watch().disposal.rejected = folder.at("file");
    check_fault(look_at_disk(wanted).faults, "projects[0].watch[0].rejected", "cannot be made");
    BOOST_TEST(look_at_disk(wanted).to_make.empty());
}

BOOST_AUTO_TEST_CASE(
    a_missing_folder_can_be_made_by_the_service_where_what_holds_it_is_open_to_it) {
    watch().disposal.uploaded = disposal::move_to{folder.at("done/deep")};
    // systemd makes the state folder itself, whatever it lies in.
    const auto unit = [&](const std::string& open) {
        return service_unit{"retraind.service", {wanted.state, watch().watch.path, open}};
    };
    BOOST_TEST(look_at_disk(wanted, unit(folder.path())).faults.empty());
    // systemd leaves out what is open to it and missing.
    for (const std::string& open : {folder.at("done"), folder.at("done/deep")}) {
        check_fault(look_at_disk(wanted, unit("-" + open)).faults,
                    "projects[0].watch[0].after_upload.move_to",
                    "cannot be made, its place is read-only for retraind.service");
    }
    std::filesystem::create_directory(folder.at("done"));
    BOOST_TEST(look_at_disk(wanted, unit("-" + folder.at("done"))).faults.empty());
}

BOOST_AUTO_TEST_CASE(a_file_in_the_way_of_a_folder_is_named_by_its_own_key) {
    const std::string file = folder.write("file", "x");
    {
        fixture here;
        here.wanted.state = file;
        check_fault(pipeline::preflight(here.wanted), "state", "file");
    }
    {
        fixture here;
        here.watch().disposal.uploaded = disposal::move_to{file + "/done"};
        check_fault(pipeline::preflight(here.wanted), "projects[0].watch[0].after_upload.move_to",
                    "cannot be made");
    }
    fixture here;
    here.watch().disposal.rejected = file + "/rejected";
    check_fault(pipeline::preflight(here.wanted), "projects[0].watch[0].rejected",
                "cannot be made");
}

BOOST_AUTO_TEST_CASE(a_key_that_cannot_be_read_is_named_by_where_it_was_to_be) {
    wanted.service.key.file = folder.at("no-key");
    check_fault(pipeline::preflight(wanted), "service.training_key_file", "no-key");
    wanted.service.key = {{}, "RETRAIND_UNIT_TEST_NO_SUCH"};
    check_fault(pipeline::preflight(wanted), "service.training_key_env",
                "RETRAIND_UNIT_TEST_NO_SUCH");
}

BOOST_AUTO_TEST_CASE(what_came_of_reading_the_key_with_other_rights_is_taken_as_it_is) {
    service_unit unit{"retraind.service", {}, fail(errc::not_found, "no such credential")};
    check_fault(look_at_disk(wanted, unit).faults, "service.training_key_file",
                "no such credential");
    wanted.service.key.file = folder.at("no-key");
    unit.key = secret("0123456789abcdef");
    BOOST_TEST(look_at_disk(wanted, unit).faults.empty());
}

BOOST_AUTO_TEST_CASE(a_missing_folder_that_systemd_makes_is_no_fault_whoever_may_write_beside_it) {
    wanted.state = folder.write("file", "x") + "/state";
    const service_unit unit{"retraind.service", {wanted.state, folder.at("")}};
    BOOST_TEST(look_at_disk(wanted, unit).faults.empty());
}

BOOST_AUTO_TEST_CASE(a_missing_authority_file_is_named) {
    wanted.service.client.ca_file = folder.at("ca.pem");
    check_fault(pipeline::preflight(wanted), "service.ca_file", "ca.pem");
    folder.write("ca.pem", "x");
    BOOST_TEST(pipeline::preflight(wanted).empty());
}

BOOST_AUTO_TEST_CASE(names_all_that_is_wrong_and_not_only_the_first) {
    wanted.service.key.file = folder.at("no-key");
    wanted.state = folder.write("file", "x");
    watch().watch.path = folder.at("away");
    BOOST_TEST(pipeline::preflight(wanted).size() == 3U);
}

BOOST_AUTO_TEST_CASE(
    a_folder_that_the_service_may_not_write_to_comes_with_the_command_that_opens_it) {
    const service_unit unit{"retraind.service", {"-/srv", wanted.state}};
    BOOST_TEST(pipeline::preflight(wanted, unit).empty()); // pictures stay, so it only reads there
    watch().disposal.uploaded = disposal::remove{};
    check_fault(pipeline::preflight(wanted, unit), "projects[0].watch[0].path",
                "ReadWritePaths=\"-" + watch().watch.path);
    const service_unit open{"retraind.service", {folder.at("")}};
    BOOST_TEST(pipeline::preflight(wanted, open).empty());
}

BOOST_AUTO_TEST_CASE(links_are_followed_as_systemd_follows_them) {
    const std::string link = folder.at("link");
    std::filesystem::create_directory_symlink(folder.make_folder("disk"), link);
    const auto faults = [&](const std::string& open, const std::string& moved_to) {
        watch().disposal.uploaded = disposal::move_to{moved_to};
        return look_at_disk(wanted, {"retraind.service", {wanted.state, watch().watch.path, open}})
            .faults;
    };
    std::filesystem::create_directory(folder.at("disk/done"));
    for (const char* done : {"/done", "/to-be-made"}) {
        BOOST_TEST(faults("-" + link, folder.at("disk") + done).empty(), done);
        BOOST_TEST(faults(folder.at("disk"), link + done).empty(), done);
    }
    std::filesystem::remove(link);
    std::filesystem::create_directory_symlink(folder.make_folder("other"), link);
    check_fault(faults("-" + link, folder.at("disk/done")),
                "projects[0].watch[0].after_upload.move_to", "is read-only for retraind.service");
}

BOOST_AUTO_TEST_CASE(
    what_the_project_itself_may_not_write_to_is_its_fault_and_a_missing_folder_is_not) {
    watch().disposal.uploaded = disposal::move_to{folder.write("file", "x") + "/done"};
    check_fault(write_faults(wanted.projects[0], {}), "watch[0].after_upload.move_to",
                "cannot be made");
    watch().disposal.uploaded = disposal::remove{};
    watch().watch.path = folder.at("away");
    BOOST_TEST(write_faults(wanted.projects[0], {}).empty());
}

BOOST_AUTO_TEST_CASE(says_of_one_folder_why_it_cannot_be_watched) {
    BOOST_TEST(folder_fault(watch().watch.path).empty());
    BOOST_TEST(!folder_fault(folder.at("away")).empty());
    BOOST_TEST(!folder_fault(folder.write("drop2", "x")).empty());
}

/// What a user without rights finds: nothing is closed to root.
std::string found_by_nobody(const config::project_block& project) {
    std::array<int, 2> ends{};
    BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        constexpr unsigned nobody = 65534;
        const bool changed = ::geteuid() != 0 || (::setresgid(nobody, nobody, nobody) == 0 &&
                                                  ::setresuid(nobody, nobody, nobody) == 0);
        std::string all = changed ? "" : "still root";
        for (const disk_fault& fault : write_faults(project, {})) {
            all += fault.sentence;
        }
        ::_exit(::write(ends[1], all.data(), all.size()) < 0 ? 1 : 0);
    }
    ::close(ends[1]);
    std::string said(4096, '\0');
    const ssize_t count = ::read(ends[0], said.data(), said.size());
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    said.resize(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    return said;
}

BOOST_AUTO_TEST_CASE(a_tag_folder_that_cannot_be_emptied_is_named_with_its_mend) {
    namespace fs = std::filesystem;
    const fs::path drop = watch().watch.path;
    fs::permissions(drop.parent_path(), fs::perms(0755));
    fs::permissions(drop, fs::perms(0777));
    fs::create_directory(drop / "cat");
    fs::permissions(drop / "cat", fs::perms(0555));
    // What the daemon does not enter, and what it cannot: nothing is taken out of there.
    fs::create_directory(drop / "@eaDir");
    fs::permissions(drop / "@eaDir", fs::perms(0555));
    fs::create_directory(drop / "private");
    fs::permissions(drop / "private", fs::perms(0));
    BOOST_TEST(found_by_nobody(wanted.projects[0]).empty());

    watch().disposal.uploaded = disposal::remove();
    const std::string said = found_by_nobody(wanted.projects[0]);
    BOOST_TEST((said.find((drop / "cat").string() + ": Permission denied") != std::string::npos),
               said);
    BOOST_TEST((said.find("setfacl -R -m u:") != std::string::npos), said);

    fs::permissions(drop / "cat", fs::perms(0777));
    BOOST_TEST(found_by_nobody(wanted.projects[0]).empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
