#include <algorithm>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "sandbox/learn/classifier.hpp"
#include "sandbox/learn/evaluation.hpp"
#include "sandbox/learn/features.hpp"
#include "unit/sandbox_learn/clusters.hpp"
#include "unit/sandbox_learn/picture_data.hpp"

namespace {

using namespace sandbox::learn;
using sandbox::test::bytes_of;
using sandbox::test::owned_sample;
using sandbox::test::views_of;

constexpr std::size_t classes = 5;
constexpr std::size_t learned = 50; ///< photos of each class
constexpr std::size_t unseen = 40;
constexpr std::size_t side = 28;
constexpr std::size_t photo_bytes = side * side;

/// A file around bytes of grey: 8 bits a pixel, rows from the top.
std::string bmp_of(const std::string& grey) {
    std::string file = "BM" + std::string(52, '\0');
    file[10] = 54;
    file[11] = 4; // 1024 bytes of palette
    file[14] = 40;
    file[18] = side;
    file.replace(22, 4, {static_cast<char>(-static_cast<int>(side)), '\xFF', '\xFF', '\xFF'});
    file[26] = 1;
    file[28] = 8;
    for (int shade = 0; shade < 256; ++shade) {
        file += std::string(3, static_cast<char>(shade)) + '\0';
    }
    return file + grey;
}

struct photos {
    std::vector<owned_sample> learned;
    std::vector<owned_sample> unseen;
};

photos read_photos() {
    const std::string all = sandbox::test::read_data("fashion.bin");
    photos made;
    for (std::size_t each = 0; each < classes * (learned + unseen); ++each) {
        const std::string file = bmp_of(all.substr(each * photo_bytes, photo_bytes));
        auto features = features_of_file(bytes_of(file));
        BOOST_TEST_REQUIRE(features.has_value());
        const bool is_learned = each % (learned + unseen) < learned;
        (is_learned ? made.learned : made.unseen)
            .push_back({*std::move(features), {each / (learned + unseen)}});
    }
    return made;
}

BOOST_AUTO_TEST_SUITE(fashion)

BOOST_AUTO_TEST_CASE(fifty_photos_a_class_are_enough_for_nine_of_ten) {
    const photos all = read_photos();
    const auto machine = classifier::train(views_of(all.learned), classes, label_rule::multiclass);
    BOOST_TEST_REQUIRE(machine.has_value());
    std::size_t right = 0;
    std::vector<scored_picture> scored;
    for (const owned_sample& each : all.unseen) {
        std::vector<double> found = machine->probabilities(each.features);
        const auto best = std::max_element(found.begin(), found.end()) - found.begin();
        right += static_cast<std::size_t>(best) == each.labels.front() ? 1 : 0;
        scored.push_back({each.labels, std::move(found)});
    }
    BOOST_TEST(all.unseen.size() == classes * unseen);
    BOOST_TEST(right * 10 >= all.unseen.size() * 9, right << " right");
    const auto figures = evaluate(scored, classes);
    BOOST_TEST(figures.overall.precision > 0.9);
    BOOST_TEST(figures.overall.recall > 0.9);
    BOOST_TEST(figures.overall.average_precision > 0.95);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
