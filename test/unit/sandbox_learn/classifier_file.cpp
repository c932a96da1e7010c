#include <fstream>
#include <iterator>
#include <string>

#include <boost/test/unit_test.hpp>

#include "sandbox/learn/classifier.hpp"
#include "unit/sandbox_http/temporary_folder.hpp"
#include "unit/sandbox_learn/clusters.hpp"

namespace {

using namespace sandbox::learn;
using sandbox::test::noisy_samples;
using sandbox::test::owned_sample;

struct fixture {
    sandbox::test::temporary_folder folder;
    std::filesystem::path file = folder.path / "model";
    std::vector<owned_sample> samples = noisy_samples(1, {{0}, {1}, {0, 2}}, 10);

    [[nodiscard]] classifier machine(label_rule rule) const {
        return classifier::train(sandbox::test::views_of(samples), 3, rule).value();
    }

    [[nodiscard]] std::string content() const {
        std::ifstream stream(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    }

    void write(const std::string& content) const {
        std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
    }

    [[nodiscard]] auto files() const {
        return std::distance(std::filesystem::directory_iterator(folder.path), {});
    }
};

BOOST_FIXTURE_TEST_SUITE(classifier_file, fixture)

BOOST_AUTO_TEST_CASE(what_is_loaded_judges_as_what_was_saved) {
    for (const label_rule rule : {label_rule::multiclass, label_rule::multilabel}) {
        const classifier saved = machine(rule);
        BOOST_TEST_REQUIRE(saved.save(file).has_value());
        const auto loaded = classifier::load(file);
        BOOST_TEST_REQUIRE(loaded.has_value());
        BOOST_TEST(loaded->label_count() == 3U);
        for (const owned_sample& each : samples) {
            BOOST_TEST(loaded->probabilities(each.features) == saved.probabilities(each.features),
                       boost::test_tools::per_element());
        }
    }
    BOOST_TEST(files() == 1);
}

BOOST_AUTO_TEST_CASE(every_damaged_length_is_refused) {
    BOOST_TEST_REQUIRE(machine(label_rule::multiclass).save(file).has_value());
    const std::string whole = content();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        write(whole.substr(0, length));
        BOOST_TEST(!classifier::load(file).has_value(), length << " bytes pass");
    }
    for (const std::size_t more : {1U, 4U}) {
        write(whole + std::string(more, '\0'));
        const auto longer = classifier::load(file);
        BOOST_TEST_REQUIRE(!longer.has_value());
        BOOST_TEST(longer.error() == file.string() + " is a damaged classifier");
    }
}

BOOST_AUTO_TEST_CASE(a_header_of_huge_numbers_is_refused) {
    BOOST_TEST_REQUIRE(machine(label_rule::multiclass).save(file).has_value());
    std::string huge = content();
    huge.replace(huge.find('\n') + 5, 8, std::string(8, '\xFF'));
    write(huge);
    BOOST_TEST(!classifier::load(file).has_value());
}

BOOST_AUTO_TEST_CASE(another_file_is_refused) {
    write("a text, long enough to be something else entirely");
    BOOST_TEST(classifier::load(file).error() == file.string() + " is no classifier");
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_told) {
    BOOST_TEST(classifier::load(file).error() ==
               file.string() + " cannot be opened: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_failed_save_leaves_the_old_file_alone) {
    write("old");
    std::filesystem::create_directory(file.string() + ".new");
    const auto saved = machine(label_rule::multiclass).save(file);
    BOOST_TEST_REQUIRE(!saved.has_value());
    BOOST_TEST(saved.error() == file.string() + " cannot be written: Is a directory");
    BOOST_TEST(content() == "old");
}

BOOST_AUTO_TEST_CASE(a_save_that_cannot_be_renamed_leaves_nothing_behind) {
    std::filesystem::create_directory(file);
    BOOST_TEST(!machine(label_rule::multiclass).save(file).has_value());
    BOOST_TEST(files() == 1);
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told) {
    std::filesystem::create_symlink("/dev/full", file.string() + ".new");
    const auto saved = machine(label_rule::multiclass).save(file);
    BOOST_TEST_REQUIRE(!saved.has_value());
    BOOST_TEST(saved.error() == file.string() + " cannot be written: No space left on device");
    BOOST_TEST(files() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
