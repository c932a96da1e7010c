#include <boost/test/unit_test.hpp>

#include <chrono>
#include <thread>

#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

struct fixture {
    temporary_folder folder;
    client service{folder.path()};

    std::string trained(const std::string& domain) {
        const auto made = service.make_trainable("p", 6);
        service.call("PATCH", "/projects/" + made.project,
                     R"({"settings":{"domainId":")" + domain + "\"}}");
        const auto done = service.train_to_end(made.project);
        return "/projects/" + made.project + "/iterations/" +
               std::string(done.at("id").as_string()) + "/export";
    }
};

constexpr const char* compact = "0732100f-1a38-4e49-a514-c9b44c697ab5";

} // namespace

BOOST_FIXTURE_TEST_SUITE(exports, fixture)

BOOST_AUTO_TEST_CASE(an_export_is_done_in_a_while_and_is_what_it_says) {
    const std::string target = trained(compact);
    const answer begun = service.post(target + "?platform=DockerFile&flavor=linux");
    BOOST_REQUIRE_EQUAL(begun.status, 200U);
    BOOST_TEST(begun.text("status") == "Exporting");
    BOOST_TEST(begun.text("flavor") == "Linux");
    BOOST_TEST(begun.json().at("downloadUri").is_null());
    BOOST_TEST(service.post(target + "?platform=DockerFile&flavor=Linux").code() ==
               "BadRequestExportAlreadyInProgress");
    json::value shown = service.get(target).json().at(0);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (shown.at("status").as_string() != "Done") {
        BOOST_REQUIRE(std::chrono::steady_clock::now() < deadline);
        std::this_thread::yield();
        shown = service.get(target).json().at(0);
    }
    std::string link(shown.at("downloadUri").as_string());
    link.erase(0, std::string("https://127.0.0.1:8443").size());
    const answer package = service.call_path("GET", link, {}, {});
    BOOST_TEST(package.status == 200U);
    BOOST_TEST(package.whole.content_type == "application/zip");
    BOOST_TEST(package.body.starts_with("PK"));
    for (const char* name : {"README.txt", "labels.txt", "model.bin"}) {
        BOOST_TEST((package.body.find(name) != std::string::npos), name);
    }
    link.replace(link.find(".Linux."), 7, ".Other.");
    BOOST_TEST(service.call_path("GET", link, {}, {}).status == 403U);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_exported_is_refused) {
    const std::string target = trained(compact);
    BOOST_TEST(service.post(target).code() == "BadRequestRequiredParamIsNull");
    BOOST_TEST(service.post(target + "?platform=ONNX").code() ==
               "BadRequestExportValidationFailed");
    BOOST_TEST(service.post(target + "?platform=DockerFile&flavor=ONNX10").code() ==
               "BadRequestExportValidationFailed");
    BOOST_TEST(service.get(target).body == "[]");
}

BOOST_AUTO_TEST_CASE(only_compact_domains) {
    const std::string target = trained("ee85a74c-405e-4adc-bb47-ffa8ca0c9f31");
    BOOST_TEST(service.post(target + "?platform=DockerFile").code() ==
               "BadRequestExportValidationFailed");
}

BOOST_AUTO_TEST_SUITE_END()
