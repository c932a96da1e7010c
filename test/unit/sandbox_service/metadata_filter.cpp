#include "sandbox/service/metadata_filter.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;
using namespace sandbox::service::test;

namespace {

std::string text_of(std::string_view filter) {
    const auto parsed = parse_metadata_filter(filter);
    if (!parsed) {
        return "none";
    }
    std::string text;
    for (const auto& all : *parsed) {
        text += text.empty() ? "" : "|";
        for (const metadata_comparison& each : all) {
            text += (text.empty() || text.back() == '|' ? "" : "&") + each.key +
                    (each.is_equal ? "=" : "!") + each.value;
        }
    }
    return text;
}

/// Images 0, 1 and 2 with metadata, 3 without.
struct fixture {
    temporary_folder folder;
    client service{folder.path()};
    std::string project = service.make_project("p");
    std::vector<std::string> ids;

    fixture() {
        const char* const metadata[] = {R"(,"metadata":{"site":"7","day":"mo"})",
                                        R"(,"metadata":{"site":"8","day":"mo"})",
                                        R"(,"metadata":{"site":"7","it's":"\"'; --"})", ""};
        for (unsigned i = 0; i < 4; ++i) {
            const auto stored = service.post(
                "/projects/" + project + "/images/files",
                files_body({{"x", striped_picture(pattern::level, i)}}, {}, metadata[i]));
            ids.emplace_back(stored.json().at("images").at(0).at("image").at("id").as_string());
        }
    }

    std::string found(const std::string& filter) {
        const auto shown =
            service.get("/projects/" + project + "/images?orderBy=Oldest&$filter=" + filter).json();
        std::string numbers;
        for (const auto& each : shown.as_array()) {
            const std::string id(each.at("id").as_string());
            numbers += std::to_string(std::find(ids.begin(), ids.end(), id) - ids.begin());
        }
        return numbers;
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(metadata_filter)

BOOST_AUTO_TEST_CASE(and_binds_closer_than_or) {
    BOOST_TEST(text_of("a eq '1'") == "a=1");
    BOOST_TEST(text_of("metadata=key1 eq 'value1' and key2 ne 'value2'") ==
               "key1=value1&key2!value2");
    BOOST_TEST(text_of("a eq '1' or b ne '2' and c eq '3' or d eq ''") == "a=1|b!2&c=3|d=");
    BOOST_TEST(text_of("  a\tEQ 'b c''d' AND e eq'f'  ") == "a=b c'd&e=f");
    BOOST_TEST(text_of("") == "");
    BOOST_TEST(text_of(" Metadata= ") == "");
}

BOOST_AUTO_TEST_CASE(what_is_no_filter) {
    for (const char* wrong :
         {"a", "a eq", "a eq 1", "a = '1'", "a eq '1", "a eq '1' and", "a eq '1' b eq '2'",
          "eq '1'", "a lt '1'", "(a eq '1')", "and a eq '1'", "a eq '1' or or b eq '2'", "'"}) {
        BOOST_TEST_CONTEXT(wrong) {
            BOOST_TEST(text_of(wrong) == "none");
        }
    }
}

BOOST_FIXTURE_TEST_CASE(a_hundred_comparisons_and_no_more, fixture) {
    std::string text = "site%20eq%20'7'";
    for (int i = 1; i < 100; ++i) {
        text += "%20or%20site%20eq%20'x'";
    }
    BOOST_TEST(found(text) == "02");
    const std::string place = "/projects/" + project + "/images";
    BOOST_TEST(service.get(place + "?$filter=" + text + "%20or%20a%20eq%20'b'").code() ==
               "BadRequest");
}

BOOST_FIXTURE_TEST_CASE(images_are_found_by_their_metadata, fixture) {
    BOOST_TEST(found("") == "0123");
    BOOST_TEST(found("site%20eq%20'7'") == "02");
    BOOST_TEST(found("site%20ne%20'7'") == "13");
    BOOST_TEST(found("metadata=site%20eq%20'7'%20and%20day%20eq%20'mo'") == "0");
    BOOST_TEST(found("site%20eq%20'8'%20or%20day%20ne%20'mo'") == "123");
    BOOST_TEST(found("site%20eq%20'\"''; --'") == "");
    BOOST_TEST(found("Site%20eq%20'7'") == "");
    const std::string place = "/projects/" + project + "/images";
    BOOST_TEST(service.get(place + "/count?$filter=day%20eq%20'mo'").body == "2");
    BOOST_TEST(service.get(place + "?$filter=day").code() == "BadRequest");
}

BOOST_AUTO_TEST_SUITE_END()
