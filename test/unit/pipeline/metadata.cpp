#include <set>

#include <boost/test/unit_test.hpp>

#include "project_fixture.hpp"
#include "retraind/pipeline/metadata_rules.hpp"
#include "retraind/pipeline/tagging_loop.hpp"
#include "retraind/pipeline/upload_loop.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

const std::string post = "POST /images/files";

/// The project's two folders have different metadata.
struct metadata_fixture : project_fixture {
    metadata_fixture() {
        options.watch.reserve(2);
        options.watch.push_back(options.watch[0]);
        options.watch[0].intake.metadata = {{"site", "plant-7"}, {"line", "\"12\""}};
        options.watch[1].intake.metadata = {{"site", "plant-8"}};
        state.folders.clear();
        for (const config::watch_block& each : options.watch) {
            state.folders.push_back(std::make_unique<folder_port>(
                each, intake::label_rules::create({}).value(), watcher));
        }
    }
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string answer(const std::string& name) {
    return R"({"isBatchSuccessful":true,"images":[{"sourceUrl":")" + name +
           R"(","status":"OK","image":{"id":")" + to_string(numbered<image_id>(5)) +
           R"(","created":"2026-11-23T10:00:00.000Z","width":10,"height":10}}]})";
}

} // namespace

BOOST_AUTO_TEST_SUITE(metadata)

BOOST_AUTO_TEST_CASE(different_metadata_are_different_groups) {
    const std::vector<customvision::metadata_map> maps{
        {},
        {{"a", "b"}},
        {{"a", "bc"}},
        {{"ab", "c"}},
        {{"a", "1:b"}},
        {{"a", ""}, {"b", ""}},
        {{"a", "0:1:b0:"}},
    };
    std::set<std::string> groups;
    for (const customvision::metadata_map& each : maps) {
        groups.insert(metadata_group(each));
        BOOST_TEST(metadata_group(each) == metadata_group(customvision::metadata_map(each)));
    }
    BOOST_TEST(groups.size() == maps.size());
    BOOST_TEST(metadata_group({}).empty());
}

BOOST_FIXTURE_TEST_CASE(pictures_of_two_folders_go_in_two_requests, metadata_fixture) {
    pipeline::tagging_loop tagging(state, ends);
    pipeline::upload_loop uploads(state, ends, tagging, 1);
    journey& first = start("cats/a.jpg", "picture a");
    uploads.add(first);
    journey& second = start("cats/b.jpg", "picture b");
    second.folder = 1;
    uploads.add(second);
    service.expect(post, 200, answer("cats/a.jpg"));
    service.expect(post, 200, answer("cats/b.jpg"));
    run_until(uploads.run(), [&] { return uploads.idle() && state.slots.size() == 0; });
    BOOST_TEST_REQUIRE(service.bodies.size() == 2U);
    BOOST_TEST(!has(service.bodies[0], "cats/b.jpg"));
    BOOST_TEST(!has(service.bodies[1], "cats/a.jpg"));
    BOOST_TEST(has(service.bodies[0], R"("metadata":{"line":"\"12\"","site":"plant-7"})"));
    BOOST_TEST(has(service.bodies[1], R"("metadata":{"site":"plant-8"})"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
