#include "retraind/intake/url_list_codec.hpp"

#include <random>

#include <boost/test/unit_test.hpp>

#include "retraind/intake/url_picture_tracker.hpp"

using namespace retraind::intake;

namespace {

std::vector<list_row> read(list_format format, const std::string& text, std::size_t piece = 7) {
    url_list_decoder decoder(format);
    for (std::size_t at = 0; at < text.size(); at += piece) {
        decoder.feed(std::string_view(text).substr(at, piece));
    }
    decoder.finish();
    BOOST_TEST(!decoder.broken().has_value(), decoder.broken().value_or(""));
    std::vector<list_row> rows;
    while (auto row = decoder.next()) {
        rows.push_back(std::move(*row));
    }
    return rows;
}

std::string why_broken(list_format format, const std::string& text) {
    url_list_decoder decoder(format);
    decoder.feed(text);
    decoder.finish();
    return decoder.broken().value_or("");
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

using words = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_SUITE(url_list_codec)

BOOST_AUTO_TEST_CASE(records_come_back_as_they_were_however_they_are_cut) {
    std::mt19937 random(7);
    const std::string letters = "ab,\"\r\n \t;";
    for (int round = 0; round < 300; ++round) {
        std::vector<words> wanted;
        std::string text;
        for (unsigned row = 0; row < 1 + random() % 4; ++row) {
            words fields(1 + random() % 4);
            for (std::string& field : fields) {
                for (unsigned each = random() % 6; each > 0; --each) {
                    field += letters[random() % letters.size()];
                }
            }
            text += encode_csv(fields);
            wanted.push_back(fields);
        }
        csv_decoder decoder;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t size = 1 + random() % 5;
            decoder.feed(std::string_view(text).substr(at, size));
            at += size;
        }
        decoder.finish();
        for (const words& fields : wanted) {
            const auto record = decoder.next();
            BOOST_TEST_REQUIRE(record.has_value(), text);
            BOOST_TEST(record->problem.empty(), text);
            BOOST_TEST((record->fields == fields), text);
        }
        BOOST_TEST(!decoder.next().has_value());
    }
}

BOOST_AUTO_TEST_CASE(an_address_a_line_with_tags_behind_a_tab) {
    const auto rows =
        read(list_format::urls, "\xEF\xBB\xBF# mine\r\n\r\n  https://x.example/a  \r\n"
                                "HTTP://x.example/b\tdog, cat,,dog\tbird\n\thttps://x.example/c");
    BOOST_TEST_REQUIRE(rows.size() == 3U);
    BOOST_TEST(rows[0].url == "https://x.example/a");
    BOOST_TEST(rows[0].line == 3U);
    BOOST_TEST(rows[0].tags.empty());
    BOOST_TEST((rows[1].tags == words{"bird", "cat", "dog"}));
    BOOST_TEST(rows[2].url == "https://x.example/c");
    BOOST_TEST(rows[2].problem == "");
}

BOOST_AUTO_TEST_CASE(what_is_said_of_a_bad_address_holds_no_signature_and_no_password) {
    const auto rows =
        read(list_format::urls, "me:secret@x.example/a?sig=secret\nftp://x.example/a#secret\n");
    BOOST_TEST_REQUIRE(rows.size() == 2U);
    BOOST_TEST(has(rows[0].problem, "x.example/a"), rows[0].problem);
    for (const auto& row : rows) {
        BOOST_TEST(!has(row.problem, "secret"), row.problem);
    }
}

BOOST_AUTO_TEST_CASE(a_bad_line_names_its_line_and_its_field) {
    const auto rows = read(list_format::urls, "ftp://x/a\nhttps://\nhttps://x.example/a b\njunk\n"
                                              "https://x.example/" +
                                                  std::string(9000, 'a') + "\n");
    BOOST_TEST_REQUIRE(rows.size() == 5U);
    for (std::size_t at = 0; at < rows.size(); ++at) {
        BOOST_TEST(rows[at].problem.starts_with("line " + std::to_string(at + 1) + ", url: "),
                   rows[at].problem);
    }
    const auto regions = read(list_format::csv, "url,tags,left,top,width,height,region_tag\n"
                                                "http://x/a,t;u,0.1,0.2,0.3,0.4,cat\n"
                                                "http://x/a,,,,,,\n"
                                                "http://x/a,,0.9,0.2,0.3,0.4,cat\n"
                                                "http://x/a,,0.1,0.2,zero,0.4,cat\n"
                                                "http://x/a,,0.1,nan,0.1,0.4,cat\n"
                                                "http://x/a,,0.1,0.2,0.1,0.4,\n"
                                                "http://x/a,,0.1,0.2,0,0.4,cat\n"
                                                "http://x/a,short\n"
                                                "http://x/a,\"open\"ed,,,,,\n");
    BOOST_TEST_REQUIRE(regions.size() == 9U);
    BOOST_TEST(regions[0].problem == "");
    BOOST_TEST((regions[0].tags == words{"t", "u"}));
    BOOST_TEST((regions[0].region == region_label{"cat", 0.1, 0.2, 0.3, 0.4}));
    BOOST_TEST(!regions[1].region.has_value());
    BOOST_TEST(regions[1].problem == "");
    BOOST_TEST(has(regions[2].problem, "line 4, width: "), regions[2].problem);
    BOOST_TEST(has(regions[3].problem, "line 5, width: "), regions[3].problem);
    BOOST_TEST(has(regions[4].problem, "line 6, top: "), regions[4].problem);
    BOOST_TEST(has(regions[5].problem, "line 7, region_tag: "), regions[5].problem);
    BOOST_TEST(has(regions[6].problem, "line 8, width: "), regions[6].problem);
    BOOST_TEST(has(regions[7].problem, "line 9: it has 2 fields"), regions[7].problem);
    BOOST_TEST(has(regions[8].problem, "line 10: "), regions[8].problem);
}

BOOST_AUTO_TEST_CASE(what_is_no_list_says_why) {
    BOOST_TEST(has(why_broken(list_format::csv, "id,name\n"), "line 1"));
    BOOST_TEST(has(why_broken(list_format::csv, "url;tags\n"), "url,tags"));
    BOOST_TEST(has(why_broken(list_format::csv, ""), "no header"));
    BOOST_TEST(has(why_broken(list_format::csv, "url,tags\nhttp://x/a,\"b\nc"), "line 2"));
    BOOST_TEST(has(why_broken(list_format::csv, "url,tags\nhttp://x/\xff,b\n"), "not UTF-8"));
    BOOST_TEST(has(why_broken(list_format::urls, "http://x/a\nhttp://x/\xff\n"), "line 2"));
    BOOST_TEST(has(why_broken(list_format::urls, std::string("h\0t\0", 4)), "not UTF-8"));
    BOOST_TEST(has(why_broken(list_format::urls, std::string(70000, 'a')), "line 1"));
    BOOST_TEST(
        has(why_broken(list_format::csv, "url,tags\n\"" + std::string(70000, '\n')), "line 2"));
}

BOOST_AUTO_TEST_CASE(names_say_the_format) {
    BOOST_TEST((list_format_of("a.CSV") == list_format::csv));
    BOOST_TEST((list_format_of("a.urls") == list_format::urls));
}

BOOST_AUTO_TEST_CASE(lines_of_one_address_are_one_picture_wherever_they_stand) {
    const auto rows = read(list_format::csv, "url,tags,left,top,width,height,region_tag\n"
                                             "http://x/a,t,0,0,1,1,cat\n"
                                             "http://x/b,,,,,,\n"
                                             "http://x/a,s,0,0,0.5,0.5,dog\n");
    std::vector<std::uint64_t> keys;
    for (const list_row& row : rows) {
        keys.push_back(address_key(row.url));
    }
    std::sort(keys.begin(), keys.end());
    url_picture_tracker pictures(keys);
    BOOST_TEST(!pictures.add(rows[0], 0).has_value());
    const auto second = pictures.add(rows[1], 1);
    BOOST_TEST_REQUIRE(second.has_value());
    BOOST_TEST(second->url == "http://x/b");
    const auto first = pictures.add(rows[2], 2);
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_TEST(first->lines.size() == 2U);
    BOOST_TEST(first->regions.size() == 2U);
    BOOST_TEST((first->tags == words{"s", "t"}));
    BOOST_TEST(pictures.drain().empty());
}

BOOST_AUTO_TEST_CASE(a_result_is_rfc_4180) {
    BOOST_TEST(encode_result({7, "http://x/a,b", "rejected", "", "say \"no\""}) ==
               "7,\"http://x/a,b\",rejected,,\"say \"\"no\"\"\"\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
