#include "sandbox/service/xml_codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace sandbox::service;
namespace json = boost::json;

namespace {

/// The document of an XML body for an operation as JSON text; "unreadable" where there is none.
std::string read(std::string body, std::string_view operation) {
    const auto document = read_xml(body, *body_type_of(operation));
    return document ? json::serialize(*document) : "unreadable";
}

std::string files(const std::string& inside) {
    return read("<ImageFileCreateBatch>" + inside + "</ImageFileCreateBatch>",
                "CreateImagesFromFiles");
}

std::string written(std::string_view document, std::string_view root) {
    return xml_text(json::parse({document.data(), document.size()}), root);
}

} // namespace

BOOST_AUTO_TEST_SUITE(xml_codec)

BOOST_AUTO_TEST_CASE(lists_come_wrapped_and_unwrapped) {
    const std::string expected = R"({"images":[{"name":"a","tagIds":["1","2"]},{"name":"b"}]})";
    BOOST_TEST(files("<images><name>a</name><tagIds>1</tagIds><tagIds>2</tagIds></images>"
                     "<images><name>b</name></images>") == expected);
    BOOST_TEST(files("<images><ImageFileCreateEntry><name>a</name><tagIds><guid>1</guid>"
                     "<guid>2</guid></tagIds></ImageFileCreateEntry>"
                     "<image><name>b</name></image></images>") == expected);
    BOOST_TEST(files("<Images><Image><NAME>a</NAME><TagIds><a>1</a></TagIds><tagids>2</tagids>"
                     "</Image></Images><IMAGES><name>b</name></IMAGES>") == expected);
}

BOOST_AUTO_TEST_CASE(one_is_a_list_and_an_empty_element_an_empty_list) {
    BOOST_TEST(files("<images><name>a</name></images>") == R"({"images":[{"name":"a"}]})");
    BOOST_TEST(files("<tagIds>7</tagIds>") == R"({"tagIds":["7"]})");
    BOOST_TEST(files("<images/><tagIds> </tagIds>") == R"({"images":[],"tagIds":[]})");
    BOOST_TEST(files("<images><x/></images>") == R"({"images":[{}]})");
    BOOST_TEST(files("") == "{}");
}

BOOST_AUTO_TEST_CASE(types_are_those_of_the_operation) {
    BOOST_TEST(files("<images><name>7</name><contents>\n QU\r\nE= </contents><regions><left> 0.5 "
                     "</left><top>1</top><tagId>x</tagId><width>wide</width></regions></images>") ==
               R"({"images":[{"name":"7","contents":"QUE=","regions":[{"left":5E-1,"top":1,)"
               R"("tagId":"x","width":"wide"}]}]})");
    BOOST_TEST(read("<Project><settings><targetExportPlatforms>ONNX</targetExportPlatforms>"
                    "<imageProcessingSettings><augmentationMethods><horizontal_x0020_flip>true"
                    "</horizontal_x0020_flip><b>0</b></augmentationMethods>"
                    "</imageProcessingSettings></settings></Project>",
                    "UpdateProject") ==
               R"({"settings":{"targetExportPlatforms":["ONNX"],"imageProcessingSettings":)"
               R"({"augmentationMethods":{"horizontal flip":true,"b":false}}}})");
}

BOOST_AUTO_TEST_CASE(any_namespace_and_the_root_s_name_without_case) {
    const std::string expected = R"({"url":"u"})";
    for (const char* body :
         {"<ImageUrl><url>u</url></ImageUrl>", "<imageurl><URL>u</URL></imageurl>",
          "<?xml version='1.0' encoding='utf-8'?>\n<!-- c --><ImageUrl xmlns='http://schemas."
          "datacontract.org/2004/07/Iris.Web.Api.Models'><Url>u</Url></ImageUrl>",
          "<a:ImageUrl xmlns:a='x' xmlns:b='y'><b:url>u</b:url></a:ImageUrl>",
          "\xEF\xBB\xBF<ImageUrl><url><![CDATA[u]]></url><other>v</other></ImageUrl>",
          "<ImageUrl><url><!-- c -->u</url></ImageUrl>"}) {
        BOOST_TEST_CONTEXT(body) {
            BOOST_TEST(read(body, "ClassifyImageUrl") == expected);
        }
    }
    BOOST_TEST(read("<ImageUrlCreateBatch><url>u</url></ImageUrlCreateBatch>",
                    "ClassifyImageUrl") == "unreadable");
}

BOOST_AUTO_TEST_CASE(nil_is_null_and_text_is_kept) {
    BOOST_TEST(read("<Tag xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>"
                    "<description i:nil='true'/><name> a &lt;&#228; </name></Tag>",
                    "UpdateTag") == "{\"description\":null,\"name\":\" a <\u00e4 \"}");
    BOOST_TEST(read("<Tag><name> </name><description/></Tag>", "UpdateTag") ==
               R"({"name":" ","description":""})");
}

BOOST_AUTO_TEST_CASE(maps_keep_their_keys_as_they_are) {
    const std::string expected = R"({"Site":"7","tagIds":"x","a b":""})";
    BOOST_TEST(read("<Metadata><Site>7</Site><tagIds>x</tagIds><a_x0020_b/></Metadata>",
                    "UpdateImageMetadata") == expected);
    BOOST_TEST(read("<ArrayOfKeyValueOfstringstring><KeyValueOfstringstring><Key>Site</Key><Value>7"
                    "</Value></KeyValueOfstringstring><p><Key>tagIds</Key><Value>x</Value></p>"
                    "<p><Key>a b</Key><Value/></p></ArrayOfKeyValueOfstringstring>",
                    "UpdateImageMetadata") == expected);
    BOOST_TEST(files("<metadata><k>v</k></metadata>") == R"({"metadata":{"k":"v"}})");
}

BOOST_AUTO_TEST_CASE(hostile_documents_are_unreadable_or_nothing) {
    std::string deep = "<ImageFileCreateBatch>";
    constexpr int levels = 200'000;
    for (int i = 0; i < levels; ++i) {
        deep += "<images>";
    }
    BOOST_TEST(read(deep, "CreateImagesFromFiles") == "unreadable");
    for (int i = 0; i < levels; ++i) {
        deep += "</images>";
    }
    BOOST_TEST(read(deep + "</ImageFileCreateBatch>", "CreateImagesFromFiles") ==
               R"({"images":[{}]})");
    const char* const wrong[] = {
        "",
        "x",
        "<ImageUrl>",
        "<ImageUrl/><ImageUrl/>",
        "<ImageUrl><url>u</ImageUrl>",
        "<ImageUrl><url>\xFF</url></ImageUrl>",
        "<!DOCTYPE a [<!ENTITY b 'cc'><!ENTITY c '&b;&b;'>]><ImageUrl><url>&c;</url></ImageUrl>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><ImageUrl><url>u</url></ImageUrl>"};
    for (const char* body : wrong) {
        BOOST_TEST_CONTEXT(body) {
            BOOST_TEST(read(body, "ClassifyImageUrl") == "unreadable");
        }
    }
    BOOST_TEST(read("<Metadata><_xDBFF_>v</_xDBFF_></Metadata>", "UpdateImageMetadata") ==
               R"({"_xDBFF_":"v"})");
}

BOOST_AUTO_TEST_CASE(answers_are_unwrapped_and_without_namespace) {
    BOOST_TEST(written(R"({"isBatchSuccessful":true,"images":[{"status":"OK","image":null},)"
                       R"({"status":"ErrorSource","tags":[]}],"n":7,"p":1.0,"q":1.1920929E-07})",
                       "ImageCreateSummary") ==
               "<ImageCreateSummary><isBatchSuccessful>true</isBatchSuccessful><images><status>OK"
               "</status></images><images><status>ErrorSource</status></images><n>7</n><p>1.0</p>"
               "<q>1.1920929E-07</q></ImageCreateSummary>");
    BOOST_TEST(written(R"([{"id":"1"},{"id":"2"}])", "ArrayOfTag") ==
               "<ArrayOfTag><Tag><id>1</id></Tag><Tag><id>2</id></Tag></ArrayOfTag>");
    BOOST_TEST(written("[]", "ArrayOfTag") == "<ArrayOfTag/>");
    BOOST_TEST(written("true", "boolean") == "<boolean>true</boolean>");
    BOOST_TEST(written("50", "int") == "<int>50</int>");
}

BOOST_AUTO_TEST_CASE(what_xml_has_not_is_written_otherwise) {
    BOOST_TEST(written(R"({"horizontal flip":true,"a":"<&>\"'"})", "M") ==
               "<M><horizontal_x0020_flip>true</horizontal_x0020_flip><a>&lt;&amp;&gt;\"'</a></M>");
    BOOST_TEST(written(R"({"a":"\u0000\u0001\u001f\ufffe\t\n"})", "M") ==
               "<M><a>\ufffd\ufffd\ufffd\ufffd\t\n</a></M>");
    std::string carriage = written(R"({"url":" \r\n\u00e4 "})", "ImageUrl");
    BOOST_TEST(read(carriage, "ClassifyImageUrl") == "{\"url\":\" \\r\\n\u00e4 \"}");
}

BOOST_AUTO_TEST_SUITE_END()
