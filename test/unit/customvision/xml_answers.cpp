#include "fixtures.hpp"
#include "retraind/customvision/error_codec.hpp"
#include "retraind/customvision/json_codec.hpp"
#include "xml_writer.hpp"

#include <functional>
#include <random>
#include <sstream>

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

namespace json = boost::json;

constexpr std::string_view guid = "4d6eb844-42ee-42bc-bd6f-c32455ef07c9";

/// What was read, as a text to compare.
struct shown {
    std::ostringstream out;

    void add(const domain& each) {
        out << to_string(each.id) << each.name << '|' << each.type << '\n';
    }
    void add(const project& each) {
        out << to_string(each.id) << each.name << '|' << to_string(each.domain)
            << (each.classification ? to_string(*each.classification) : "none") << each.read_only
            << '\n';
    }
    void add(const tag& each) {
        out << to_string(each.id) << each.name << '|' << static_cast<int>(each.type)
            << each.image_count << '\n';
    }
    void add(const image_result& each) {
        out << each.source_url << '|' << each.status << (each.id ? to_string(*each.id) : "none")
            << '\n';
    }
    void add(const iteration& each) {
        out << to_string(each.id) << each.name << '|' << each.status << format_utc(each.created)
            << (each.trained_at ? format_utc(*each.trained_at) : "none")
            << each.publish_name.value_or("none") << each.error_details << '\n';
    }
    void add(const image& each) {
        out << to_string(each.id);
        for (const tag_id& one : each.tags) {
            out << to_string(one);
        }
        for (const region& one : each.regions) {
            out << to_string(one.tag) << one.left << ',' << one.top << ',' << one.width << ','
                << one.height;
        }
        for (const auto& [name, value] : each.metadata) {
            out << '{' << name << '=' << value << '}';
        }
        out << '\n';
    }
    void add(const tag_performance& each) {
        out << to_string(each.id) << each.name << each.precision << each.recall
            << each.average_precision << '\n';
    }
    void add(const performance& each) {
        out << each.precision << each.recall << each.average_precision << '\n';
        add(each.tags);
    }
    void add(bool each) { out << each; }
    template <class Value>
    void add(const std::vector<Value>& list) {
        out << list.size() << ':';
        for (const Value& each : list) {
            add(each);
        }
    }
};

template <class Value>
std::string read_with(result<Value> (*parse)(std::string_view, notation), std::string_view body,
                      notation written) {
    const auto value = parse(body, written);
    if (!value) {
        return "failed: " + value.error().message;
    }
    shown text;
    text.add(*value);
    return text.out.str();
}

std::string read_as(const std::string& kind, std::string_view body, notation written) {
    using reader = std::function<std::string(std::string_view, notation)>;
    const auto reads = [](auto parse) -> reader {
        return [parse](std::string_view text, notation in) {
            return read_with(parse, text, in);
        };
    };
    static const std::map<std::string, reader> readers{
        {"domains", reads(parse_domains)},
        {"projects", reads(parse_projects)},
        {"project", reads(parse_project)},
        {"tags", reads(parse_tags)},
        {"tag", reads(parse_tag)},
        {"summary", reads(parse_image_summary)},
        {"iterations", reads(parse_iterations)},
        {"iteration", reads(parse_iteration)},
        {"performance", reads(parse_performance)},
        {"published", reads(parse_boolean)},
        {"images", reads(parse_images)},
    };
    return readers.at(kind)(body, written);
}

/// JSON's empty summary has a list that unwrapped XML cannot show.
bool shows_its_list(const json::value& document) {
    const auto* object = document.if_object();
    const auto* images = object == nullptr ? nullptr : object->if_contains("images");
    return images == nullptr || !images->is_array() || !images->as_array().empty();
}

} // namespace

BOOST_AUTO_TEST_SUITE(xml_answers)

BOOST_AUTO_TEST_CASE(every_published_answer_says_the_same_in_every_style_of_xml) {
    std::size_t compared = 0;
    for (const char* file : {"recorded.json", "examples.json", "partial.json"}) {
        for (const auto& each : recorded_answers(file)) {
            const std::string kind = text_of(each, "kind");
            const json::value document = json::parse(text_of(each, "body"));
            if (!shows_its_list(document)) {
                continue;
            }
            const std::string wanted = read_as(kind, text_of(each, "body"), notation::json);
            BOOST_TEST_REQUIRE(!wanted.starts_with("failed"));
            for (const style& how : styles) {
                const std::string body = xml_writer(how).root("Answer", document);
                BOOST_TEST_REQUIRE(read_as(kind, body, notation::xml) == wanted, body);
                ++compared;
            }
        }
    }
    BOOST_TEST(compared > 500U);
}

BOOST_AUTO_TEST_CASE(random_pictures_say_the_same_in_every_style_of_xml) {
    std::mt19937 random(11);
    const std::vector<std::string> texts{"a", "", "x < y & z", "größe", "1.5", "true", "two words"};
    for (int round = 0; round < 300; ++round) {
        json::array list;
        for (std::size_t count = random() % 5; count > 0; --count) {
            json::object picture{{"id", guid}, {"width", random() % 100}};
            json::array tags;
            json::array regions;
            for (std::size_t tag = random() % 3; tag > 0; --tag) {
                tags.push_back({{"tagId", guid}, {"tagName", nullptr}});
                regions.push_back({{"tagId", guid},
                                   {"left", static_cast<double>(random() % 100) / 7e8},
                                   {"top", 1},
                                   {"width", 0.5},
                                   {"height", 1e-7}});
            }
            json::object metadata;
            for (std::size_t entry = random() % 3; entry > 0; --entry) {
                metadata.emplace(entry == 1 ? "horizontal flip" : "site",
                                 texts[random() % texts.size()]);
            }
            picture.emplace("tags", std::move(tags));
            picture.emplace("regions", std::move(regions));
            picture.emplace("metadata", std::move(metadata));
            list.push_back(std::move(picture));
        }
        const std::string wanted = read_as("images", json::serialize(list), notation::json);
        const std::string body =
            xml_writer(styles[random() % styles.size()]).root("ArrayOfImage", list);
        BOOST_TEST_REQUIRE(read_as("images", body, notation::xml) == wanted, body);
    }
}

BOOST_AUTO_TEST_CASE(names_of_keys_are_decoded_as_dotnet_encodes_them) {
    const auto key_of = [](const std::string& element) {
        const std::string body = "<ArrayOfImage><Image><id>" + std::string(guid) +
                                 "</id><metadata><" + element + ">v</" + element +
                                 "></metadata></Image></ArrayOfImage>";
        return parse_images(body, notation::xml).value().at(0).metadata.begin()->first;
    };
    BOOST_TEST(key_of("horizontal_x0020_flip") == "horizontal flip");
    BOOST_TEST(key_of("_x0031_st") == "1st");
    BOOST_TEST(key_of("_x005F_x0020_") == "_x0020_");
    BOOST_TEST(key_of("gr_x00F6__x00DF_e") == "größe");
    BOOST_TEST(key_of("größe") == "größe");
    BOOST_TEST(key_of("_x0001F600_") == "😀");
    BOOST_TEST(key_of("_x002_") == "_x002_");
    BOOST_TEST(key_of("_xD800_") == "_xD800_");
    BOOST_TEST(key_of("_x0000_") == "_x0000_");
    BOOST_TEST(key_of("k:v") == "k:v");
}

BOOST_AUTO_TEST_CASE(what_is_written_otherwise_is_read_all_the_same) {
    const std::string id = "<ID>" + std::string(guid) + "</ID>";
    BOOST_TEST(parse_tags("<ArrayOfTag/>", notation::xml).value().empty());
    BOOST_TEST(parse_tags("<ArrayOfTag>\n</ArrayOfTag>", notation::xml).value().empty());
    BOOST_TEST(parse_tags("<Tag>" + id + "<name>n</name></Tag>", notation::xml).value().size() ==
               1U);
    const auto read = parse_tag("<Tag>" + id + "<name> a </name><imageCount> 1.0 </imageCount>" +
                                    "<description><![CDATA[<x>]]></description></Tag>",
                                notation::xml);
    BOOST_REQUIRE(read);
    BOOST_TEST(read->name == " a ");
    BOOST_TEST(read->image_count == 1U);
    BOOST_TEST(parse_boolean("<boolean xmlns='x'> True </boolean>", notation::xml).value());
    BOOST_TEST(!parse_boolean("<boolean>0</boolean>", notation::xml).value());
    const auto utf16 = parse_boolean(
        std::string_view("\xFF\xFE<\0b\0>\0t\0r\0u\0e\0<\0/\0b\0>\0", 24), notation::xml);
    BOOST_TEST(utf16.value());
    BOOST_TEST(parse_performance("<P><recall>1.1920929E-07</recall><precision/></P>", notation::xml)
                   .value()
                   .recall == 1.1920929E-07);
}

BOOST_AUTO_TEST_CASE(hostile_answers_fail_with_a_sentence) {
    const std::string id = "<id>" + std::string(guid) + "</id>";
    std::string deep;
    for (int level = 0; level < 100000; ++level) {
        deep += "<a>";
    }
    for (int level = 0; level < 100000; ++level) {
        deep += "</a>";
    }
    std::string bomb = "<!DOCTYPE t [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><Tag>";
    struct {
        const char* kind;
        std::string body;
        const char* named;
    } const cases[]{
        {"tag", "", "the answer is not XML"},
        {"tag", "{}", "the answer is not XML"},
        {"tag", "<Tag>", "the answer is not XML"},
        {"tag", "<Tag></Tog>", "the answer is not XML"},
        {"tag", "<Tag/><Tag/>", "the answer is not XML: it has two roots"},
        {"tag", "<Tag>" + id + "<name>\xFF\xC0</name></Tag>", "the answer is not XML: not UTF-8"},
        {"tag", deep, "the answer is not XML: too deep"},
        {"tag", "<a>" + std::string((std::size_t{4} << 20) + 1, 'x') + "</a>", "the answer has"},
        {"tag", "<html><body>Sign in</body></html>", "the answer is a web page"},
        {"tags", "<html/>", "the answer is a web page"},
        {"tag", "<Tag/>", "the answer: not an object"},
        {"tag", "<Tag i:nil='true'/>", "the answer: not an object"},
        {"tags", "<Tags>words</Tags>", "the answer: not an array"},
        {"tags", "<Tags><Tag/></Tags>", "[0].id: missing"},
        {"tags", "<Tags><Tag>x</Tag><Tag>y</Tag></Tags>", "[0]: not an object"},
        {"tag", "<Tag><id/><name>x</name></Tag>", "id: missing"},
        {"tag", "<Tag><id>7</id></Tag>", "id: not a GUID"},
        {"tag", "<Tag>" + id + id + "</Tag>", "id: not a string"},
        {"tag", "<Tag>" + id + "<imageCount>three</imageCount></Tag>", "imageCount: not a number"},
        {"tag", "<Tag>" + id + "<imageCount>NaN</imageCount></Tag>", "imageCount: not a number"},
        {"tag", "<Tag>" + id + "<imageCount>-1</imageCount></Tag>", "imageCount: not a count"},
        {"project", "<P>" + id + "<drModeEnabled>maybe</drModeEnabled></P>",
         "drModeEnabled: neither true nor false"},
        {"project", "<P>" + id + "<settings>none</settings></P>", "settings: not an object"},
        {"iteration", "<I>" + id + "<status/></I>", "status: missing"},
        {"summary", "<S><isBatchSuccessful>true</isBatchSuccessful></S>", "images: missing"},
        {"summary", "<S><images><sourceUrl>a</sourceUrl></images></S>",
         "images[0].status: missing"},
        {"published", "<boolean>yes</boolean>", "the answer: neither true nor false"},
        {"published", "<boolean><x/></boolean>", "the answer: neither true nor false"},
    };
    for (const auto& each : cases) {
        const std::string told = read_as(each.kind, each.body, notation::xml);
        BOOST_TEST(told.starts_with(std::string("failed: ") + each.named),
                   told << " is not " << each.named << " of " << each.body.substr(0, 80));
    }
    // Entities of its own are no text of ours, however often they name each other.
    const auto unexpanded = parse_tag(bomb + id + "<name>&b;</name></Tag>", notation::xml);
    BOOST_TEST(unexpanded.value().name == "&b;");
}

BOOST_AUTO_TEST_CASE(broken_pieces_of_an_answer_never_crash) {
    const std::string whole = xml_writer(styles[2]).root(
        "ImageCreateSummary",
        json::parse(R"({"isBatchSuccessful":false,"images":[{"sourceUrl":"a","status":"OK",)"
                    R"("image":{"id":"4d6eb844-42ee-42bc-bd6f-c32455ef07c9"}},)"
                    R"({"sourceUrl":"b","status":"ErrorSource","image":null}]})"));
    BOOST_TEST(parse_image_summary(whole, notation::xml).value().size() == 2U);
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        BOOST_TEST_REQUIRE(!parse_image_summary(whole.substr(0, cut), notation::xml).has_value());
    }
    std::mt19937 random(12);
    for (int round = 0; round < 5000; ++round) {
        std::string bent = whole;
        for (int change = 0; change < 3; ++change) {
            bent[random() % bent.size()] = static_cast<char>(random());
        }
        static_cast<void>(parse_image_summary(bent, notation::xml));
        static_cast<void>(parse_service_error(bent, notation::xml));
    }
}

BOOST_AUTO_TEST_CASE(errors_are_read_in_xml_too) {
    struct {
        const char* body;
        const char* code;
        const char* message;
    } const cases[]{
        {"<CustomVisionError><code>NotFoundProject</code><message>gone</message>"
         "</CustomVisionError>",
         "NotFoundProject", "gone"},
        {"<Error xmlns='http://x'><Message>An error has occurred.</Message></Error>", "",
         "An error has occurred."},
        {"<root><error><code>401</code><message>denied</message></error></root>", "401", "denied"},
        {"<r><statusCode>404</statusCode><message>Resource not found</message></r>", "404",
         "Resource not found"},
        {"<html><h1>502</h1></html>", "", "<html><h1>502</h1></html>"},
        {"not XML", "", "not XML"},
        {R"({"code":"A"})", "", R"({"code":"A"})"},
    };
    for (const auto& each : cases) {
        const service_error said = parse_service_error(each.body, notation::xml);
        BOOST_TEST(said.code == each.code, each.body);
        BOOST_TEST(said.message == each.message, each.body);
    }
}

BOOST_AUTO_TEST_SUITE_END()
