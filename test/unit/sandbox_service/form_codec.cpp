#include "sandbox/service/form_codec.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace sandbox::service;
namespace json = boost::json;

namespace {

std::string read(std::string_view body, std::string_view operation = "CreateImagesFromUrls") {
    const auto document = read_form(body, *body_type_of(operation));
    return document ? json::serialize(*document) : "unreadable";
}

/// A key as ASP.NET's model binder would write it.
std::string normalised(std::string_view key) {
    const auto path = split_key(key);
    std::string text;
    for (const key_step& each : path.value()) {
        text += each.is_index ? '[' + each.name + ']' : (text.empty() ? "" : ".") + each.name;
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(form_codec)

// The unit tests of FormDataCollectionExtensions.NormalizeJQueryToMvc (CONTRACT.md section 7).
BOOST_AUTO_TEST_CASE(keys_are_taken_apart_as_jquery_writes_them) {
    const std::pair<const char*, const char*> known[] = {{"x", "x"},
                                                         {"", ""},
                                                         {"x[]", "x"},
                                                         {"x[field]", "x.field"},
                                                         {"x[12]", "x[12]"},
                                                         {"x[y][234][x]", "x.y[234].x"},
                                                         {"x[][field]", "x.field"},
                                                         {"x.y[3].z", "x.y[3].z"}};
    for (const auto& [key, mvc] : known) {
        BOOST_TEST(normalised(key) == mvc);
    }
    BOOST_TEST(!split_key("x["));
    BOOST_TEST(!split_key("x[a][b"));
}

BOOST_AUTO_TEST_CASE(both_ways_of_writing_keys) {
    const std::string expected =
        R"({"images":[{"tagIds":["1","2"],"url":"http://a/?b&c"},{"url":"d e"}],"tagIds":["3"]})";
    BOOST_TEST(read("images[0][url]=http%3A%2F%2Fa%2F%3Fb%26c&images[0][tagIds][]=1&"
                    "images[0][tagIds][]=2&images[1][url]=d+e&tagIds[]=3") == expected);
    BOOST_TEST(read("images%5B1%5D.url=d%20e&Images[0].Url=http://a/?b%26c&images[0].tagIds[1]=2&"
                    "images[0].tagIds[0]=1&TAGIDS=3") == expected);
    BOOST_TEST(read("images[0].tagIds=1&images[0].tagIds=2&tagIds[0]=3&images[0].url="
                    "http://a/?b%26c&images[1][url]=d+e") == expected);
}

BOOST_AUTO_TEST_CASE(types_are_those_of_the_operation) {
    BOOST_TEST(read("regions[0][left]=0.5&regions[0][top]=1&regions[0][imageId]=7",
                    "CreateImageRegions") ==
               R"({"regions":[{"imageId":"7","left":5E-1,"top":1}]})");
    BOOST_TEST(read("name=p&settings[targetExportPlatforms][]=ONNX&settings.imageProcessingSettings"
                    "[augmentationMethods][horizontal flip]=true",
                    "UpdateProject") ==
               R"({"name":"p","settings":{"imageProcessingSettings":{"augmentationMethods":)"
               R"({"horizontal flip":true}},"targetExportPlatforms":["ONNX"]}})");
    BOOST_TEST(read("images[0].contents=QU%2B%2F+\r\n", "CreateImagesFromFiles") ==
               R"({"images":[{"contents":"QU+/"}]})");
}

BOOST_AUTO_TEST_CASE(maps) {
    BOOST_TEST(read("metadata[Site]=7&metadata[a.b]=8&metadata[7]=9&metadata.c=d") ==
               R"({"metadata":{"Site":"7","a.b":"8","7":"9","c":"d"}})");
    BOOST_TEST(
        read("metadata[1].Key=b&metadata[1].Value=2&metadata[0].Key=a]&metadata[0].value=1") ==
        R"({"metadata":{"a]":"1","b":"2"}})");
    BOOST_TEST(read("Site=7&a.b..=8&tagIds=x", "UpdateImageMetadata") ==
               R"({"Site":"7","a.b..":"8","tagIds":"x"})");
    BOOST_TEST(read("[0].Key=k&[0].Value=v", "UpdateImageMetadata") == R"({"k":"v"})");
}

BOOST_AUTO_TEST_CASE(a_list_ends_before_the_first_index_that_is_missing) {
    BOOST_TEST(read("images[0].url=a&images[2].url=c") == R"({"images":[{"url":"a"}]})");
    BOOST_TEST(read("images[1].url=a") == R"({"images":[]})");
}

BOOST_AUTO_TEST_CASE(hostile_forms) {
    BOOST_TEST(read("images[4294967295].url=a&images[18446744073709551616].url=b&"
                    "images[0x].url=c&tagIds[999999999]=1") == R"({"images":[],"tagIds":[]})");
    std::string deep = "images";
    for (int i = 0; i < 100'000; ++i) {
        deep += "[0]";
    }
    BOOST_TEST(read(deep + "=x") == R"({"images":[{}]})");
    for (const char* body : {"images[0=x", "tagIds=%FF", "%C3=1"}) {
        BOOST_TEST(read(body) == "unreadable");
    }
    BOOST_TEST(read("&&=&a&=b&images=x&url[0]=y&images[0]=z&tagIds=%zz%4") ==
               R"({"images":[{}],"tagIds":["%zz%4"]})");
    BOOST_TEST(read("") == "{}");
}

BOOST_AUTO_TEST_SUITE_END()
