#include <boost/test/unit_test.hpp>

#include "sandbox/service/guid.hpp"
#include "sandbox/service/limits.hpp"
#include "sandbox/service/upload.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;
using namespace sandbox::service::test;

namespace {

/// A store with one project in it and no network around.
struct fixture {
    temporary_folder folder;
    state in{folder.path(), "S0", "https://127.0.0.1"};
    project owner;
    unsigned pictures = 0;

    fixture() {
        owner.id = new_guid();
        owner.name = "p";
        owner.classification = "Multilabel";
        in.projects.insert(owner);
    }

    std::vector<std::string> tags(std::size_t count) {
        std::vector<std::string> ids;
        for (std::size_t i = 0; i < count; ++i) {
            const tag made{new_guid(), std::to_string(i) + new_guid(), {}, "Regular", 0};
            in.tags.insert(owner.id, made);
            ids.push_back(made.id);
        }
        return ids;
    }

    /// The status of a new picture with these labels.
    std::string store(std::vector<std::string> tag_ids, std::vector<wanted_region> regions = {}) {
        std::vector<upload> uploads(1);
        stage(in, striped_picture(pattern::level, pictures++), 4, uploads[0]);
        uploads[0].tag_ids = std::move(tag_ids);
        uploads[0].regions = std::move(regions);
        return store_uploads(in, owner, uploads, std::nullopt, 4)[0].status;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(quotas)

BOOST_AUTO_TEST_CASE(tiers_have_the_published_numbers) {
    const tier_limits paid = limits_of("S0");
    BOOST_TEST(paid.projects == 100U);
    BOOST_TEST(paid.images_per_project == 100'000U);
    BOOST_TEST(paid.tags_per_project == 500U);
    const tier_limits unpaid = limits_of("f0");
    BOOST_TEST(unpaid.projects == 2U);
    BOOST_TEST(unpaid.images_per_project == 5'000U);
    BOOST_TEST(unpaid.tags_per_project == 50U);
    BOOST_TEST(iterations_per_project == 20U);
}

BOOST_FIXTURE_TEST_CASE(images_of_a_project, fixture) {
    in.limits.images_per_project = 2;
    BOOST_TEST(store({}) == "OK");
    BOOST_TEST(store({}) == "OK");
    BOOST_TEST(store({}) == "ErrorLimitExceed");
    pictures = 0;
    BOOST_TEST(store({}) == "OKDuplicate");
}

BOOST_FIXTURE_TEST_CASE(tags_of_an_image, fixture) {
    BOOST_TEST(store(tags(tags_per_image)) == "OK");
    BOOST_TEST(store(tags(tags_per_image + 1)) == "ErrorTagLimitExceed");
    owner.classification = "Multiclass";
    BOOST_TEST(store(tags(1)) == "OK");
    BOOST_TEST(store(tags(2)) == "ErrorTagLimitExceed");
}

BOOST_FIXTURE_TEST_CASE(regions_of_an_image, fixture) {
    const auto boxes = [&](std::size_t count) {
        std::vector<wanted_region> made;
        for (std::size_t i = 0; i < count; ++i) {
            made.push_back({"", {static_cast<double>(i) / 1000, 0, 0.25, 0.5}});
        }
        return made;
    };
    const auto ids = tags(1);
    const auto with = [&](std::size_t count) {
        auto regions = boxes(count);
        for (wanted_region& each : regions) {
            each.tag_id = ids[0];
        }
        return store(ids, std::move(regions));
    };
    BOOST_TEST(with(regions_per_image) == "OK");
    BOOST_TEST(with(regions_per_image + 1) == "ErrorRegionLimitExceed");
    pictures = 0;
    BOOST_TEST(store(ids, {{ids[0], {0.5, 0.5, 0.1, 0.1}}}) == "ErrorRegionLimitExceed");
}

BOOST_AUTO_TEST_SUITE_END()
