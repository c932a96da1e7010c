#include "sandbox/http/router.hpp"

#include <array>
#include <string>
#include <string_view>

#include <boost/test/unit_test.hpp>

namespace {

using sandbox::http::api;
using sandbox::http::find_route;
using sandbox::http::is_operation;

struct row {
    std::string_view method;
    std::string_view path; ///< after /customvision/v3.3/training
    std::string_view operation;
};

constexpr auto training = std::to_array<row>({
    {"GET", "/domains", "GetDomains"},
    {"GET", "/domains/<domainId>", "GetDomain"},
    {"GET", "/projects", "GetProjects"},
    {"POST", "/projects", "CreateProject"},
    {"GET", "/projects/<projectId>", "GetProject"},
    {"DELETE", "/projects/<projectId>", "DeleteProject"},
    {"PATCH", "/projects/<projectId>", "UpdateProject"},
    {"GET", "/projects/<projectId>/artifacts", "GetArtifact"},
    {"GET", "/projects/<projectId>/export", "ExportProject"},
    {"GET", "/projects/<projectId>/images", "GetImages"},
    {"POST", "/projects/<projectId>/images", "CreateImagesFromData"},
    {"DELETE", "/projects/<projectId>/images", "DeleteImages"},
    {"POST", "/projects/<projectId>/images/<imageId>/regionproposals", "GetImageRegionProposals"},
    {"GET", "/projects/<projectId>/images/count", "GetImageCount"},
    {"POST", "/projects/<projectId>/images/files", "CreateImagesFromFiles"},
    {"GET", "/projects/<projectId>/images/id", "GetImagesByIds"},
    {"POST", "/projects/<projectId>/images/metadata", "UpdateImageMetadata"},
    {"POST", "/projects/<projectId>/images/predictions", "CreateImagesFromPredictions"},
    {"POST", "/projects/<projectId>/images/regions", "CreateImageRegions"},
    {"DELETE", "/projects/<projectId>/images/regions", "DeleteImageRegions"},
    {"POST", "/projects/<projectId>/images/suggested", "QuerySuggestedImages"},
    {"POST", "/projects/<projectId>/images/suggested/count", "QuerySuggestedImageCount"},
    {"GET", "/projects/<projectId>/images/tagged", "GetTaggedImages"},
    {"GET", "/projects/<projectId>/images/tagged/count", "GetTaggedImageCount"},
    {"POST", "/projects/<projectId>/images/tags", "CreateImageTags"},
    {"DELETE", "/projects/<projectId>/images/tags", "DeleteImageTags"},
    {"GET", "/projects/<projectId>/images/untagged", "GetUntaggedImages"},
    {"GET", "/projects/<projectId>/images/untagged/count", "GetUntaggedImageCount"},
    {"POST", "/projects/<projectId>/images/urls", "CreateImagesFromUrls"},
    {"GET", "/projects/<projectId>/iterations", "GetIterations"},
    {"GET", "/projects/<projectId>/iterations/<iterationId>", "GetIteration"},
    {"DELETE", "/projects/<projectId>/iterations/<iterationId>", "DeleteIteration"},
    {"PATCH", "/projects/<projectId>/iterations/<iterationId>", "UpdateIteration"},
    {"GET", "/projects/<projectId>/iterations/<iterationId>/export", "GetExports"},
    {"POST", "/projects/<projectId>/iterations/<iterationId>/export", "ExportIteration"},
    {"GET", "/projects/<projectId>/iterations/<iterationId>/performance",
     "GetIterationPerformance"},
    {"GET", "/projects/<projectId>/iterations/<iterationId>/performance/images",
     "GetImagePerformances"},
    {"GET", "/projects/<projectId>/iterations/<iterationId>/performance/images/count",
     "GetImagePerformanceCount"},
    {"POST", "/projects/<projectId>/iterations/<iterationId>/publish", "PublishIteration"},
    {"DELETE", "/projects/<projectId>/iterations/<iterationId>/publish", "UnpublishIteration"},
    {"DELETE", "/projects/<projectId>/predictions", "DeletePrediction"},
    {"POST", "/projects/<projectId>/predictions/query", "QueryPredictions"},
    {"POST", "/projects/<projectId>/quicktest/image", "QuickTestImage"},
    {"POST", "/projects/<projectId>/quicktest/url", "QuickTestImageUrl"},
    {"GET", "/projects/<projectId>/tags", "GetTags"},
    {"POST", "/projects/<projectId>/tags", "CreateTag"},
    {"GET", "/projects/<projectId>/tags/<tagId>", "GetTag"},
    {"DELETE", "/projects/<projectId>/tags/<tagId>", "DeleteTag"},
    {"PATCH", "/projects/<projectId>/tags/<tagId>", "UpdateTag"},
    {"POST", "/projects/<projectId>/tagsandregions/suggestions", "SuggestTagsAndRegions"},
    {"POST", "/projects/<projectId>/train", "TrainProject"},
    {"POST", "/projects/import", "ImportProject"},
});

} // namespace

BOOST_AUTO_TEST_SUITE(router)

BOOST_AUTO_TEST_CASE(every_training_operation_is_found_with_its_parameters) {
    for (const row& expected : training) {
        BOOST_TEST_CONTEXT(expected.operation) {
            const std::string path = "/customvision/v3.3/training" + std::string(expected.path);
            const auto found = find_route(expected.method, path);
            BOOST_TEST_REQUIRE(found.has_value());
            BOOST_TEST(found->operation == expected.operation);
            BOOST_TEST((found->service == api::training));
            BOOST_TEST(found->version == "v3.3");
            for (const auto& parameter : found->parameters) {
                BOOST_TEST(parameter.value == "<" + std::string(parameter.name) + ">");
            }
            BOOST_TEST(is_operation(expected.operation));
        }
    }
}

BOOST_AUTO_TEST_CASE(every_prediction_operation_is_found) {
    struct {
        std::string_view tail;
        std::string_view operation;
    } const rows[] = {{"classify/iterations/live/image", "ClassifyImage"},
                      {"classify/iterations/live/image/nostore", "ClassifyImageWithNoStore"},
                      {"classify/iterations/live/url", "ClassifyImageUrl"},
                      {"classify/iterations/live/url/nostore", "ClassifyImageUrlWithNoStore"},
                      {"detect/iterations/live/image", "DetectImage"},
                      {"detect/iterations/live/image/nostore", "DetectImageWithNoStore"},
                      {"detect/iterations/live/url", "DetectImageUrl"},
                      {"detect/iterations/live/url/nostore", "DetectImageUrlWithNoStore"}};
    for (const auto& expected : rows) {
        for (const std::string version : {"v3.0", "v3.1"}) {
            const auto found = find_route("POST", "/customvision/" + version + "/Prediction/p1/" +
                                                      std::string(expected.tail));
            BOOST_TEST_REQUIRE(found.has_value());
            BOOST_TEST(found->operation == expected.operation);
            BOOST_TEST((found->service == api::prediction));
            BOOST_TEST((*found)["projectId"] == "p1");
            BOOST_TEST((*found)["publishedName"] == "live");
        }
    }
}

BOOST_AUTO_TEST_CASE(case_and_extra_slashes_do_not_matter) {
    const auto found = find_route("GET", "//CustomVision/V3.3//Training/Projects/AbC/Tags/");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST(found->operation == "GetTags");
    BOOST_TEST(found->version == "v3.3");
    BOOST_TEST((*found)["projectId"] == "AbC");
    BOOST_TEST((*found)["tagId"] == "");
}

BOOST_AUTO_TEST_CASE(put_is_post_for_files_and_urls_only) {
    const std::string images = "/customvision/v3.3/training/projects/p/images/";
    BOOST_TEST(find_route("PUT", images + "files").value().operation == "CreateImagesFromFiles");
    BOOST_TEST(find_route("PUT", images + "urls").value().operation == "CreateImagesFromUrls");
    BOOST_TEST(!find_route("PUT", images + "predictions").has_value());
    BOOST_TEST(!find_route("PUT", "/customvision/v3.3/training/projects").has_value());
}

BOOST_AUTO_TEST_CASE(literal_segments_win_over_parameters) {
    const auto import = find_route("POST", "/customvision/v3.3/training/projects/import");
    BOOST_TEST(import.value().operation == "ImportProject");
    const auto get = find_route("GET", "/customvision/v3.3/training/projects/import");
    BOOST_TEST(get.value().operation == "GetProject");
}

BOOST_AUTO_TEST_CASE(versions_have_their_own_operations) {
    const auto count = [](const std::string& version) {
        return find_route("GET", "/customvision/" + version + "/training/projects/p/images/count");
    };
    BOOST_TEST(!count("v3.0").has_value());
    BOOST_TEST(!count("v3.2").has_value());
    BOOST_TEST(count("v3.3").has_value());
    BOOST_TEST(count("v3.4-preview").value().version == "v3.4-preview");
    BOOST_TEST(find_route("GET", "/customvision/v3.0/training/projects/p/tags").has_value());
    BOOST_TEST(!find_route("GET", "/customvision/v3.0/training/projects/p/export").has_value());
    BOOST_TEST(find_route("GET", "/customvision/v3.2/training/projects/p/export").has_value());
}

BOOST_AUTO_TEST_CASE(what_nobody_serves_is_not_found) {
    struct {
        std::string_view method;
        std::string_view path;
    } const rows[] = {{"GET", ""},
                      {"GET", "/"},
                      {"GET", "/customvision"},
                      {"GET", "/customvision/v3.3/training"},
                      {"GET", "/customvision/v3.3/training/project"},
                      {"GET", "/customvision/v2.2/training/projects"},
                      {"GET", "/customvision/v3.5/training/projects"},
                      {"GET", "/vision/v3.3/training/projects"},
                      {"PATCH", "/customvision/v3.3/training/projects"},
                      {"get", "/customvision/v3.3/training/projects"},
                      {"GET", "/customvision/v3.3/training/projects/p/tags/t/more"},
                      {"POST", "/customvision/v3.3/prediction/p/classify/iterations/n/image"},
                      {"GET", "/customvision/v3.0/prediction/p/classify/iterations/n/image"},
                      {"GET", "/blobs/p"}};
    for (const auto& wrong : rows) {
        BOOST_TEST_CONTEXT(wrong.method << " " << wrong.path) {
            BOOST_TEST(!find_route(wrong.method, wrong.path).has_value());
        }
    }
    BOOST_TEST(!is_operation("*"));
    BOOST_TEST(!is_operation("getprojects"));
}

BOOST_AUTO_TEST_CASE(blobs_are_storage) {
    const auto found = find_route("GET", "/blobs/p1/b1");
    BOOST_TEST_REQUIRE(found.has_value());
    BOOST_TEST((found->service == api::storage));
    BOOST_TEST(found->operation == "GetBlob");
    BOOST_TEST((*found)["projectId"] == "p1");
    BOOST_TEST((*found)["blob"] == "b1");
}

BOOST_AUTO_TEST_SUITE_END()
