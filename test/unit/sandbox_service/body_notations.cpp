#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <random>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/body_types.hpp"
#include "sandbox/service/utf8.hpp"
#include "sandbox/service/xml_codec.hpp"
#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service;
using namespace sandbox::service::test;
namespace json = boost::json;

namespace {

using form = body_type::form;

const std::string place = "/customvision/v3.4-preview/training/projects/p";

/// Operations with a body, and where they are.
struct target {
    const char* operation;
    const char* method;
    std::string path;
};

const auto targets = std::to_array<target>({
    {"CreateProject", "POST", "/customvision/v3.4-preview/training/projects"},
    {"UpdateProject", "PATCH", place},
    {"CreateImagesFromFiles", "POST", place + "/images/files"},
    {"CreateImagesFromFiles", "PUT", place + "/images/files"},
    {"CreateImagesFromUrls", "POST", place + "/images/urls"},
    {"CreateImagesFromPredictions", "POST", place + "/images/predictions"},
    {"UpdateImageMetadata", "POST", place + "/images/metadata"},
    {"CreateImageRegions", "POST", place + "/images/regions"},
    {"CreateImageTags", "POST", place + "/images/tags"},
    {"UpdateIteration", "PATCH", place + "/iterations/i"},
    {"TrainProject", "POST", place + "/train"},
    {"QueryPredictions", "POST", place + "/predictions/query"},
    {"QuickTestImageUrl", "POST", place + "/quicktest/url"},
    {"UpdateTag", "PATCH", place + "/tags/t"},
    {"DetectImageUrl", "POST", "/customvision/v3.1/prediction/p/detect/iterations/n/url"},
});

/// Makes documents of a type; a list, an object and a map have something in them, because XML and
/// forms cannot tell an empty one from none.
class document_maker {
public:
    explicit document_maker(unsigned seed) : random_(seed) {}

    json::value make(const body_type& as) {
        switch (as.is) {
        case form::text:
            return json::value(text());
        case form::bytes:
            return json::value(to_base64(text()));
        case form::number:
            return below(2) == 0 ? json::value(static_cast<std::int64_t>(below(1000)))
                                 : json::value(static_cast<float>(below(10'000)) / 4096 + 1e-3F);
        case form::boolean:
            return below(2) == 0;
        case form::object:
            return make_object(as);
        case form::list: {
            json::array list;
            for (unsigned i = below(3) + 1; i > 0; --i) {
                list.push_back(make(*as.item));
            }
            return list;
        }
        case form::map:
            break;
        }
        json::object map;
        for (unsigned i = below(3) + 1; i > 0; --i) {
            map[text()] = make(*as.item);
        }
        return map;
    }

private:
    unsigned below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }

    std::string text() {
        static const std::u32string pieces =
            U"aZ7 .[]&=+%;<>\"'_x0020_:/\u00e4\u4e2d\U0001F600\n\r\t";
        std::string made(1, static_cast<char>('a' + below(26)));
        for (unsigned i = below(12); i > 0; --i) {
            append_utf8(made, pieces[below(static_cast<unsigned>(pieces.size()))]);
        }
        return made;
    }

    json::value make_object(const body_type& as) {
        json::object object;
        const std::size_t sure = below(static_cast<unsigned>(as.members.size()));
        for (std::size_t i = 0; i < as.members.size(); ++i) {
            if (i == sure || below(3) > 0) {
                object[as.members[i].name] = make(*as.members[i].type);
            }
        }
        return object;
    }

    std::mt19937 random_;
};

std::string escaped(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string safe;
    for (const char c : text) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            safe += c;
        } else {
            safe += '%';
            safe += digits[static_cast<unsigned char>(c) / 16];
            safe += digits[static_cast<unsigned char>(c) % 16];
        }
    }
    return safe;
}

/// A document as a form: members in brackets or after dots, as `seed` has it; maps in pairs.
void write_form(const json::value& value, const body_type& as, const std::string& key, bool dots,
                std::string& to) {
    const auto index = [&](std::size_t i) {
        return key + '[' + std::to_string(i) + ']';
    };
    if (as.is == form::object) {
        for (const auto& field : value.get_object()) {
            const std::string name(field.key());
            const std::string inner = key.empty() ? name
                                      : dots      ? key + '.' + name
                                                  : key + '[' + name + ']';
            write_form(field.value(), *as.find(name)->type, inner, dots, to);
        }
    } else if (as.is == form::list) {
        for (std::size_t i = 0; i < value.get_array().size(); ++i) {
            write_form(value.at(i), *as.item, index(i), dots, to);
        }
    } else if (as.is == form::map) {
        std::size_t i = 0;
        for (const auto& field : value.get_object()) {
            write_form(json::value(field.key()), body_type{}, index(i) + ".Key", dots, to);
            write_form(field.value(), *as.item, index(i++) + ".Value", dots, to);
        }
    } else {
        to += (to.empty() ? "" : "&") + escaped(key) + '=' +
              escaped(value.is_string() ? std::string(value.get_string()) : json_text(value));
    }
}

json::value decoded(const target& at, std::string body, const char* type) {
    sandbox::http::request asked;
    asked.method = at.method;
    asked.path = at.path;
    asked.headers.push_back({"Content-Type", type});
    asked.body = std::move(body);
    return decode_body(asked).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(body_notations)

BOOST_AUTO_TEST_CASE(a_document_is_the_same_in_every_notation) {
    for (const target& at : targets) {
        const body_type& type = *body_type_of(at.operation);
        const std::string root(type.schema.empty() ? "Metadata" : type.schema);
        for (unsigned seed = 0; seed < 150; ++seed) {
            BOOST_TEST_CONTEXT(at.operation << " " << seed) {
                const json::value document = document_maker(seed).make(type);
                const std::string text = json_text(document);
                const json::value expected = decoded(at, text, "application/json");
                const std::string xml = xml_text(document, root);
                std::string fields;
                write_form(document, type, "", seed % 2 == 0, fields);
                BOOST_TEST((decoded(at, xml, "application/xml; charset=utf-8") == expected),
                           text << "\n"
                                << xml);
                BOOST_TEST((decoded(at, xml, "Text/XML") == expected));
                BOOST_TEST((decoded(at, fields, "application/x-www-form-urlencoded") == expected),
                           text << "\n"
                                << fields);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(rubbish_is_null_or_a_document_in_every_notation) {
    std::mt19937 random(3);
    const std::string_view pieces = "<>/ImageUrl=&[]%0.\"'!-\xC3\xA4 url{}?";
    for (int round = 0; round < 20'000; ++round) {
        std::string body;
        for (unsigned i = static_cast<unsigned>(random() % 40 + 1); i > 0; --i) {
            body += pieces[random() % pieces.size()];
        }
        for (const char* type : {"application/xml", "application/x-www-form-urlencoded"}) {
            const json::value document = decoded(targets[12], body, type);
            BOOST_TEST((document.is_null() || document.is_object()));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_operation_without_a_body_reads_none) {
    const target tags{"GetTags", "GET", place + "/tags"};
    BOOST_TEST(decoded(tags, "<a/>", "text/xml").is_null());
    BOOST_TEST(decoded({"", "GET", "/x"}, "a=b", "application/x-www-form-urlencoded").is_null());
}

BOOST_AUTO_TEST_CASE(pictures_come_in_every_notation) {
    temporary_folder folder;
    client service(folder.path());
    const std::string project = service.make_project("p");
    const std::string tag = service.make_tag(project, "t");
    const auto upload = [&](std::string body, const char* type) {
        const answer given =
            service.call("POST", "/projects/" + project + "/images/files", std::move(body), type);
        return std::to_string(given.status) + " " +
               std::string(given.json().at("images").at(0).at("status").as_string());
    };
    const std::string one = to_base64(striped_picture(pattern::level, 1));
    const std::string two = to_base64(striped_picture(pattern::level, 2));
    BOOST_TEST(upload("<imagefilecreatebatch><images><name>n</name><contents>" + one +
                          "</contents><regions><tagId>" + tag +
                          "</tagId><left>0</left><top>0.5</top><width>0.25</width><height>.5"
                          "</height></regions></images><tagIds><guid>" +
                          tag + "</guid></tagIds></imagefilecreatebatch>",
                      "text/xml") == "200 OK");
    BOOST_TEST(upload("images[0][name]=n&images[0][contents]=" + escaped(two) + "&tagIds[]=" + tag,
                      "application/x-www-form-urlencoded") == "200 OK");
    BOOST_TEST(upload("<ImageFileCreateBatch><images><contents>" + one +
                          "</contents></images></ImageFileCreateBatch>",
                      "application/xml") == "200 OKDuplicate");
    const json::value shown = service.get("/projects/" + project + "/images").json();
    BOOST_TEST(shown.as_array().size() == 2U);
    BOOST_TEST(shown.at(1).at("regions").at(0).at("top").as_double() == 0.5);
}

BOOST_AUTO_TEST_CASE(other_bodies_are_refused) {
    temporary_folder folder;
    client service(folder.path());
    const std::string project = service.make_project("p");
    const std::string files = "/projects/" + project + "/images/files";
    const answer refused = service.call("POST", files, "a,b", "text/csv");
    BOOST_TEST(refused.status == 415U);
    BOOST_TEST(refused.code() == "UnsupportedMediaType");
    BOOST_TEST(service.call("POST", files, "<x/>", "text/xml").code() == "BadRequestImageBatch");
}

BOOST_AUTO_TEST_SUITE_END()
