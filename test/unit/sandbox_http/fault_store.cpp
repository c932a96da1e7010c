#include "sandbox/http/fault_store.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>

#include "temporary_folder.hpp"

namespace {

using store = sandbox::http::fault_store;

struct fixture {
    sandbox::test::temporary_folder folder;
    std::filesystem::path file = folder.path / "faults.json";
    std::vector<std::string> complaints;
    store faults{file, [this](std::string_view line) {
                     complaints.emplace_back(line);
                 }};

    void write(const std::string& text) {
        const auto fresh = folder.path / "fresh";
        std::ofstream(fresh) << text;
        std::filesystem::rename(fresh, file);
    }
    bool acts() { return faults.current().next("GetTags") != nullptr; }
};

constexpr auto once = R"({"rules":[{"operation":"*","times":1,"status":503}]})";

} // namespace

BOOST_FIXTURE_TEST_SUITE(fault_store, fixture)

BOOST_AUTO_TEST_CASE(no_file_asked_for_is_no_complaint) {
    store none({}, [this](std::string_view line) { complaints.emplace_back(line); });
    BOOST_TEST(none.current().next("GetTags") == nullptr);
    BOOST_TEST(complaints.empty());
}

BOOST_AUTO_TEST_CASE(a_file_is_read_once_and_its_counts_kept) {
    write(once);
    BOOST_TEST(acts());
    BOOST_TEST(!acts());
    BOOST_TEST(complaints.empty());
}

BOOST_AUTO_TEST_CASE(a_changed_file_begins_anew) {
    write(once);
    BOOST_TEST(acts());
    write(once);
    BOOST_TEST(acts());
    write("{}");
    BOOST_TEST(!acts());
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_said_once_and_picked_up_later) {
    BOOST_TEST(!acts());
    BOOST_TEST(!acts());
    BOOST_TEST(complaints.size() == 1U);
    write(once);
    BOOST_TEST(acts());
    std::filesystem::remove(file);
    BOOST_TEST(!acts());
    BOOST_TEST(complaints.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_wrong_file_is_said_once_and_counts_for_nothing) {
    write(once);
    BOOST_TEST(acts());
    write(R"({"rules":[{"operation":"*","status":503},{"operation":"*"}]})");
    BOOST_TEST(!acts());
    BOOST_TEST(!acts());
    BOOST_TEST_REQUIRE(complaints.size() == 1U);
    BOOST_TEST(complaints[0].find("faults.json is ignored: rules[1]") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
