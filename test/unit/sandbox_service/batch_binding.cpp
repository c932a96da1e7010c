#include "sandbox/service/file_batch.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include "sandbox/service/guid.hpp"

using namespace sandbox::service;
namespace json = boost::json;

namespace {

const std::string id = "ee85a74c-405e-4adc-bb47-ffa8ca0c9f31";
const std::string other = "c151d5b5-dd07-472a-acc8-15d29dea8518";

result<file_batch> bound_of(const std::string& text, int minor = 3) {
    return bind_file_batch(json::parse(text), minor);
}

std::string code(const result<file_batch>& bound) {
    return bound ? "binds" : bound.error().code;
}

json::value of_images(std::size_t count) {
    json::object batch;
    json::array images;
    for (std::size_t i = 0; i < count; ++i) {
        json::object entry;
        entry["name"] = std::to_string(i);
        images.emplace_back(std::move(entry));
    }
    batch["images"] = std::move(images);
    return batch;
}

} // namespace

BOOST_AUTO_TEST_SUITE(batch_binding)

BOOST_AUTO_TEST_CASE(every_member_arrives) {
    const auto bound = bound_of(R"({"images":[{"name":"n","contents":"QQ==","tagIds":[")" + id +
                                R"("],"regions":[{"tagId":")" + other +
                                R"(","left":0.25,"top":0,"width":1,"height":0.5}]}],"tagIds":[")" +
                                id + R"("],"metadata":{"site":"7"}})");
    BOOST_REQUIRE(bound);
    BOOST_REQUIRE_EQUAL(bound->entries.size(), 1U);
    const file_entry& entry = bound->entries[0];
    BOOST_TEST(entry.name.value() == "n");
    BOOST_TEST(entry.contents == "QQ==");
    BOOST_TEST(entry.tag_ids == (std::vector<std::string>{id, other}),
               boost::test_tools::per_element());
    BOOST_REQUIRE_EQUAL(entry.regions.size(), 1U);
    BOOST_TEST(entry.regions[0].place.left == 0.25);
    BOOST_TEST(bound->metadata.value() == "{\"site\":\"7\"}");
    BOOST_TEST(!bound_of(R"({"images":[{}],"metadata":{"a":"b"}})", 2)->metadata);
}

BOOST_AUTO_TEST_CASE(what_does_not_bind_leaves_no_files) {
    for (const std::string& text :
         {std::string("null"), std::string("[]"), std::string("{}"),
          std::string(R"({"images":[]})"), std::string(R"({"images":{}})"),
          std::string(R"({"images":[1]})"), std::string(R"({"images":[{}],"tagIds":["tag1"]})"),
          std::string(R"({"images":[{}],"tagIds":"x"})"),
          std::string(R"({"images":[{"tagIds":[7]}]})"),
          std::string(R"({"images":[{"contents":7}]})"),
          std::string(R"({"images":[{"regions":[{}]}]})"),
          R"({"images":[{"regions":[{"tagId":")" + other +
              R"(","left":1e39,"top":0,"width":1,"height":0.5}]}]})",
          std::string(R"({"images":[{}],"metadata":[]})")}) {
        BOOST_TEST_CONTEXT(text) {
            const auto bound = bound_of(text);
            BOOST_REQUIRE(!bound);
            BOOST_TEST(bound.error().code == "BadRequestImageBatch");
            BOOST_TEST(bound.error().message == "No valid image files");
        }
    }
}

BOOST_AUTO_TEST_CASE(sixty_four_images_and_no_more) {
    BOOST_TEST(code(bind_file_batch(of_images(64), 3)) == "binds");
    BOOST_TEST(code(bind_file_batch(of_images(65), 3)) == "BadRequestExceededBatchSize");
}

BOOST_AUTO_TEST_CASE(twenty_distinct_tags_over_batch_and_entries) {
    json::value batch = of_images(20);
    json::array shared;
    shared.emplace_back(new_guid());
    for (std::size_t i = 0; i < 19; ++i) {
        json::array own;
        own.emplace_back(new_guid());
        own.push_back(shared[0]);
        batch.at("images").at(i).as_object()["tagIds"] = std::move(own);
    }
    batch.as_object()["tagIds"] = std::move(shared);
    BOOST_TEST(code(bind_file_batch(batch, 3)) == "binds");
    json::array one_more;
    one_more.emplace_back(new_guid());
    batch.at("images").at(19).as_object()["tagIds"] = std::move(one_more);
    BOOST_TEST(code(bind_file_batch(batch, 3)) == "BadRequestImageTags");
}

BOOST_AUTO_TEST_CASE(metadata_has_limits) {
    const auto with = [](const std::string& metadata) {
        return code(bound_of(R"({"images":[{}],"metadata":)" + metadata + "}"));
    };
    BOOST_TEST(with("{\"" + std::string(256, 'k') + "\":\"" + std::string(512, 'v') + "\"}") ==
               "binds");
    BOOST_TEST(with("{\"" + std::string(257, 'k') + "\":\"v\"}") == "BadRequestImageMetadataKey");
    BOOST_TEST(with("{\"k\":\"" + std::string(513, 'v') + "\"}") == "BadRequestImageMetadataValue");
    BOOST_TEST(with("{\"k\":1}") == "BadRequestImageMetadataValue");
    BOOST_TEST(with("{\"\":\"v\"}") == "BadRequestImageMetadataKey");
    const auto repeated = [](std::string_view text, std::size_t count) {
        std::string all;
        for (std::size_t i = 0; i < count; ++i) {
            all += text;
        }
        return all;
    };
    // Characters, not bytes; one beyond the basic plane is two to .NET.
    BOOST_TEST(with("{\"" + repeated("ü", 256) + "\":\"" + repeated("日", 512) + "\"}") == "binds");
    BOOST_TEST(with("{\"" + repeated("ü", 257) + "\":\"\"}") == "BadRequestImageMetadataKey");
    BOOST_TEST(with("{\"k\":\"" + repeated("😀", 256) + "\"}") == "binds");
    BOOST_TEST(with("{\"k\":\"" + repeated("😀", 257) + "\"}") == "BadRequestImageMetadataValue");
}

BOOST_AUTO_TEST_SUITE_END()
