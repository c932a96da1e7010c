#include "retraind/pipeline/key_store.hpp"

#include <string>

#include <boost/test/unit_test.hpp>

#include "scratch_folder.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

constexpr const char* variable = "RETRAIND_UNIT_TEST_KEY";
const std::string key_text = "0123456789abcdefSECRETKEY";

struct fixture {
    scratch_folder folder;
    variable_guard no_credentials{"CREDENTIALS_DIRECTORY", nullptr};

    static result<secret> from_file(const std::string& path) {
        return pipeline::key_store({path, {}}).read();
    }
    static result<secret> from_variable() { return pipeline::key_store({{}, variable}).read(); }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

/// Says no with that code, names the place, and keeps the key to itself.
void check_refused(const result<secret>& got, errc code, std::string_view words) {
    BOOST_TEST_REQUIRE(!got.has_value());
    BOOST_TEST(to_string(got.error().code) == to_string(code));
    BOOST_TEST(has(got.error().message, words), got.error().message << " lacks " << words);
    BOOST_TEST(!has(got.error().message, key_text));
    BOOST_TEST(!has(got.error().message, "SECRET"));
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(key_store, fixture)

BOOST_AUTO_TEST_CASE(reads_the_key_without_the_white_space_around_it) {
    for (const std::string& text : {key_text, key_text + "\n", "  " + key_text + " \t\r\n\n"}) {
        const auto key = from_file(folder.write("key", text));
        BOOST_TEST_REQUIRE(key.has_value());
        BOOST_TEST(key->reveal() == key_text);
    }
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_named) {
    check_refused(from_file(folder.at("key")), errc::not_found, folder.at("key"));
}

BOOST_AUTO_TEST_CASE(a_file_that_everyone_may_read_is_refused_with_the_mend) {
    const std::string path = folder.write("key", key_text, 0644);
    check_refused(from_file(path), errc::denied, "chmod o-r " + path);
}

BOOST_AUTO_TEST_CASE(a_file_for_owner_and_group_is_taken) {
    BOOST_TEST(from_file(folder.write("key", key_text, 0640)).has_value());
}

BOOST_AUTO_TEST_CASE(the_credentials_folder_of_systemd_is_trusted_and_nothing_beside_it) {
    const std::string inside = folder.write("credentials/key", key_text, 0444);
    const std::string beside = folder.write("credentials-old/key", key_text, 0444);
    const variable_guard credentials("CREDENTIALS_DIRECTORY", folder.at("credentials").c_str());
    const auto key = from_file(inside);
    BOOST_TEST_REQUIRE(key.has_value());
    BOOST_TEST(key->reveal() == key_text);
    check_refused(from_file(beside), errc::denied, "can be read by everyone");
}

BOOST_AUTO_TEST_CASE(a_file_without_a_key_is_said_to_be_that) {
    check_refused(from_file(folder.write("key", "")), errc::invalid, "holds no key");
    check_refused(from_file(folder.write("key", " \n\t\n")), errc::invalid, "holds no key");
}

BOOST_AUTO_TEST_CASE(more_than_one_line_and_what_is_no_visible_ascii_are_refused) {
    for (const std::string& text :
         {key_text + "\n" + key_text, key_text + " " + key_text, key_text + "\x01",
          key_text + "\xc3\xa4", key_text + std::string(1, '\0') + "x"}) {
        check_refused(from_file(folder.write("key", text)), errc::invalid, "more than a key");
    }
}

BOOST_AUTO_TEST_CASE(a_file_of_1024_bytes_is_read_and_a_longer_one_is_another_file) {
    BOOST_TEST(from_file(folder.write("key", std::string(1024, 'k'))).has_value());
    check_refused(from_file(folder.write("key", std::string(1025, 'k'))), errc::invalid,
                  "more than a key");
    check_refused(from_file(folder.write("key", key_text + std::string(100000, ' '))),
                  errc::invalid, "more than a key");
}

BOOST_AUTO_TEST_CASE(a_folder_and_a_pipe_are_no_files_and_do_not_block) {
    check_refused(from_file(folder.make_folder("keys")), errc::invalid, "is not a file");
    const std::string pipe = folder.at("pipe");
    BOOST_TEST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    check_refused(from_file(pipe), errc::invalid, "is not a file");
}

BOOST_AUTO_TEST_CASE(reads_the_key_from_a_variable) {
    const variable_guard set(variable, (key_text + "\n").c_str());
    const auto key = from_variable();
    BOOST_TEST_REQUIRE(key.has_value());
    BOOST_TEST(key->reveal() == key_text);
}

BOOST_AUTO_TEST_CASE(a_variable_that_is_unset_empty_or_holds_more_is_named) {
    {
        const variable_guard unset(variable, nullptr);
        check_refused(from_variable(), errc::not_found, variable);
    }
    {
        const variable_guard empty(variable, " ");
        check_refused(from_variable(), errc::invalid, variable);
    }
    const variable_guard two(variable, (key_text + " " + key_text).c_str());
    check_refused(from_variable(), errc::invalid, variable);
}

BOOST_AUTO_TEST_CASE(every_reading_is_a_new_one) {
    const std::string path = folder.write("key", "old");
    const pipeline::key_store keys({path, {}});
    BOOST_TEST(keys.read().value().reveal() == "old");
    folder.write("key", "new");
    BOOST_TEST(keys.read().value().reveal() == "new");
}

BOOST_AUTO_TEST_CASE(the_current_key_is_the_one_that_was_taken) {
    pipeline::key_store keys({folder.at("key"), {}});
    BOOST_TEST(keys.current().empty());
    keys.take(secret(key_text));
    BOOST_TEST(keys.current().reveal() == key_text);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
