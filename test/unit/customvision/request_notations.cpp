#include "body_decoders.hpp"
#include "fake_picture.hpp"
#include "fixtures.hpp"
#include "retraind/customvision/image_batch_encoder.hpp"
#include "retraind/customvision/request_codec.hpp"

#include <random>

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

namespace json = boost::json;

const std::vector<std::string> odd_texts{
    "plain.jpg",  "quote\".png",     "a<b>&amp;'c'", "100% + 1=2&x[0].y", "tab\tline\nend",
    "cr\rlf\r\n", "ünï/日本/😀.png", "]]>",          "_x0041_",           " edges "};

struct dice {
    std::mt19937 random;

    std::size_t below(std::size_t bound) { return random() % bound; }
    std::string bytes(std::size_t count) {
        std::string made(count, '\0');
        // Half of them such that base64 has many of +, / and =.
        const bool dense = below(2) == 0;
        for (char& each : made) {
            each = static_cast<char>(dense ? 0xFF - below(2) * 4 : random());
        }
        return made;
    }
    std::vector<tag_id> tags() {
        std::vector<tag_id> made;
        for (std::uint8_t number = 1; number < 6; ++number) {
            if (below(3) == 0) {
                made.push_back(numbered<tag_id>(number));
            }
        }
        return made;
    }
    std::vector<region> regions() {
        std::vector<region> made(below(4));
        for (region& each : made) {
            each.tag = numbered<tag_id>(static_cast<std::uint8_t>(below(9)));
            each.left = below(2) == 0 ? 0 : 1.0 / static_cast<double>(1 + below(1000));
            each.top = static_cast<double>(below(1000)) / 3e9;
            each.width = 0.1;
            each.height = 1;
        }
        return made;
    }
    metadata_map metadata() {
        const std::vector<std::string> keys{"site",     "horizontal flip", "a.b[0]", "1st",
                                            "_x0020_x", "größe",           "😀",     "k:v"};
        metadata_map made;
        for (std::size_t count = below(4); count > 0; --count) {
            made.emplace(keys[below(keys.size())], odd_texts[below(odd_texts.size())]);
        }
        return made;
    }
};

std::string base64(const std::string& raw) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < raw.size(); at += 3) {
        const auto byte = [&](std::size_t offset) {
            return at + offset < raw.size() ? static_cast<unsigned char>(raw[at + offset]) : 0U;
        };
        const unsigned bits = byte(0) << 16U | byte(1) << 8U | byte(2);
        text += digits[bits >> 18U];
        text += digits[bits >> 12U & 63U];
        text += at + 1 < raw.size() ? digits[bits >> 6U & 63U] : '=';
        text += at + 2 < raw.size() ? digits[bits & 63U] : '=';
    }
    return text;
}

/// The members that say the labels of an entry and of a batch.
void add_labels(json::object& to, const std::vector<tag_id>& tags, const std::vector<tag_id>& but,
                const std::vector<region>& regions) {
    json::array ids;
    for (const tag_id& each : tags) {
        if (std::find(but.begin(), but.end(), each) == but.end()) {
            ids.emplace_back(to_string(each));
        }
    }
    if (!ids.empty()) {
        to.emplace("tagIds", ids);
    }
    json::array boxes;
    for (const region& each : regions) {
        json::object box;
        box.emplace("tagId", to_string(each.tag));
        box.emplace("left", plain_number(each.left));
        box.emplace("top", plain_number(each.top));
        box.emplace("width", plain_number(each.width));
        box.emplace("height", plain_number(each.height));
        boxes.push_back(std::move(box));
    }
    if (!boxes.empty()) {
        to.emplace("regions", boxes);
    }
}

template <class Batch, class AddEntry>
json::value expected(const Batch& batch, AddEntry add) {
    const auto shared = shared_tags(batch.images);
    json::object body;
    json::array images;
    for (const auto& each : batch.images) {
        json::object entry;
        add(entry, each, images.size());
        add_labels(entry, each.tags, shared, each.regions);
        images.push_back(std::move(entry));
    }
    if (!images.empty()) {
        body.emplace("images", std::move(images));
    }
    add_labels(body, shared, {}, {});
    json::object metadata;
    for (const auto& [name, value] : batch.metadata) {
        metadata.emplace(name, value);
    }
    if (!metadata.empty()) {
        body.emplace("metadata", std::move(metadata));
    }
    return normal(body);
}

std::string drain(image_batch_encoder& encoder, std::size_t buffer, std::optional<error>& failure) {
    std::string text;
    std::vector<std::byte> out(buffer);
    while (!encoder.measured()) {
        if (auto measured = encoder.measure_next(out); !measured) {
            failure = measured.error();
            return text;
        }
    }
    for (std::size_t last = buffer; last == buffer;) {
        const auto filled = encoder.fill(out);
        if (!filled) {
            failure = filled.error();
            return text;
        }
        last = *filled;
        text.append(reinterpret_cast<const char*>(out.data()), last);
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(request_notations)

BOOST_AUTO_TEST_CASE(a_streamed_batch_reads_back_as_it_was_in_every_notation) {
    dice any{std::mt19937(7)};
    for (int round = 0; round < 600; ++round) {
        const notation as = all_notations[round % 3];
        customvision::image_batch batch;
        std::vector<std::string> contents;
        for (std::size_t count = any.below(14); count > 0; --count) {
            contents.push_back(any.bytes(any.below(20) == 0 ? 60000 : any.below(300)));
            auto entry = picture_entry(odd_texts[any.below(odd_texts.size())], contents.back(),
                                       any.tags(), 1 + any.below(5000));
            entry.regions = any.regions();
            batch.images.push_back(std::move(entry));
        }
        batch.metadata = any.metadata();
        const json::value wanted =
            expected(batch, [&](json::object& to, const auto& entry, std::size_t at) {
                to.emplace("name", entry.name);
                to.emplace("contents", base64(contents[at]));
            });
        image_batch_encoder encoder(batch, as, any.below(70000));
        std::optional<error> failure;
        const std::string text = drain(encoder, 1 + any.below(3000), failure);
        BOOST_TEST_REQUIRE(!failure, failure->message);
        BOOST_TEST_REQUIRE(text.size() == encoder.size());
        json::value read = read_body(text, "ImageFileCreateBatch", as);
        if (batch.images.empty()) {
            read.as_object().erase("images"); // JSON writes the empty list
        }
        BOOST_TEST_REQUIRE((read == wanted), round << '\n' << text << '\n' << wanted);
    }
}

BOOST_AUTO_TEST_CASE(the_shapes_are_the_documented_ones) {
    customvision::image_batch batch;
    batch.images.push_back(picture_entry("a&b", "\xFF\xFF\xFE?", {numbered<tag_id>(1)}));
    batch.images.back().regions = {{numbered<tag_id>(2), 0.25, 0, 0.5, 1}};
    batch.images.push_back(picture_entry("c", ""));
    batch.metadata = {{"horizontal flip", "yes"}};
    std::optional<error> failure;
    image_batch_encoder as_xml(batch, notation::xml);
    BOOST_TEST(drain(as_xml, 100, failure) ==
               "<ImageFileCreateBatch><images><name>a&amp;b</name><contents>///+Pw==</contents>"
               "<tagIds>00000000-0000-0000-0000-000000000001</tagIds>"
               "<regions><tagId>00000000-0000-0000-0000-000000000002</tagId><left>0.25</left>"
               "<top>0</top><width>0.5</width><height>1</height></regions></images>"
               "<images><name>c</name><contents></contents></images>"
               "<metadata><horizontal_x0020_flip>yes</horizontal_x0020_flip></metadata>"
               "</ImageFileCreateBatch>");
    image_batch_encoder as_form(batch, notation::form);
    BOOST_TEST(drain(as_form, 100, failure) ==
               "images%5B0%5D.name=a%26b&images%5B0%5D.contents=%2F%2F%2F%2BPw%3D%3D"
               "&images%5B0%5D.tagIds%5B0%5D=00000000-0000-0000-0000-000000000001"
               "&images%5B0%5D.regions%5B0%5D.tagId=00000000-0000-0000-0000-000000000002"
               "&images%5B0%5D.regions%5B0%5D.left=0.25&images%5B0%5D.regions%5B0%5D.top=0"
               "&images%5B0%5D.regions%5B0%5D.width=0.5&images%5B0%5D.regions%5B0%5D.height=1"
               "&images%5B1%5D.name=c&images%5B1%5D.contents="
               "&metadata%5B0%5D.Key=horizontal%20flip&metadata%5B0%5D.Value=yes");
    BOOST_TEST(!failure);
}

BOOST_AUTO_TEST_CASE(an_entry_never_adds_more_than_it_is_counted_for) {
    dice any{std::mt19937(8)};
    for (int round = 0; round < 300; ++round) {
        const notation as = all_notations[round % 2]; // JSON and XML; a form has to be measured
        customvision::image_batch batch;
        batch.metadata = any.metadata();
        std::uint64_t bound = encoded_envelope_bytes(batch.metadata, as);
        for (std::size_t count = any.below(64); count > 0; --count) {
            auto entry = picture_entry(
                odd_texts[any.below(odd_texts.size())],
                any.below(2) == 0 ? std::string(90, '\xFF') : any.bytes(any.below(90)), any.tags());
            entry.regions = any.regions();
            bound += encoded_entry_bytes(entry, as);
            batch.images.push_back(std::move(entry));
        }
        image_batch_encoder encoder(batch, as);
        std::optional<error> failure;
        static_cast<void>(drain(encoder, 4096, failure));
        BOOST_TEST(encoder.size() <= bound);
    }
}

BOOST_AUTO_TEST_CASE(an_entry_of_a_form_never_adds_more_than_it_was_measured_with) {
    dice any{std::mt19937(18)};
    for (int round = 0; round < 100; ++round) {
        customvision::image_batch batch;
        batch.metadata = any.metadata();
        std::uint64_t bound = encoded_envelope_bytes(batch.metadata, notation::form);
        for (std::size_t count = any.below(64); count > 0; --count) {
            auto entry = picture_entry(
                odd_texts[any.below(odd_texts.size())],
                any.below(2) == 0 ? std::string(90, '\xFF') : any.bytes(any.below(90)), any.tags());
            entry.regions = any.regions();
            batch.images.push_back(std::move(entry));
        }
        image_batch_encoder encoder(batch, notation::form);
        std::optional<error> failure;
        static_cast<void>(drain(encoder, 4096, failure));
        BOOST_TEST_REQUIRE(encoder.entry_bytes().size() == batch.images.size());
        for (const std::uint64_t each : encoder.entry_bytes()) {
            bound += each;
        }
        BOOST_TEST(encoder.size() <= bound);
    }
}

BOOST_AUTO_TEST_CASE(a_compressed_picture_in_a_form_is_counted_for_what_it_takes) {
    std::mt19937 random(19);
    for (const std::size_t bytes : {std::size_t{20'000}, std::size_t{300'001}}) {
        std::string content(bytes, '\0');
        for (char& each : content) {
            each = static_cast<char>(random());
        }
        const auto entry = picture_entry("a.jpg", content);
        const std::uint64_t counted = encoded_entry_bytes(entry, notation::form);
        image_batch_encoder encoder({{entry}, {}}, notation::form);
        std::optional<error> failure;
        static_cast<void>(drain(encoder, 4096, failure));
        BOOST_TEST(encoder.size() <= counted);
        BOOST_TEST(encoder.size() * 100 >= counted * 97);
    }
}

BOOST_AUTO_TEST_CASE(a_form_reads_each_picture_once_before_and_once_while_it_goes_out) {
    customvision::image_batch batch;
    batch.images.push_back(picture_entry("a", std::string(500, '\xFF')));
    const auto picture = std::static_pointer_cast<fake_picture>(batch.images[0].content);
    for (const notation as : all_notations) {
        picture->calls.clear();
        image_batch_encoder encoder(batch, as);
        std::optional<error> failure;
        static_cast<void>(drain(encoder, 64, failure));
        BOOST_TEST(picture->calls == (as == notation::form ? "orcorc" : "orc"));
    }
}

BOOST_AUTO_TEST_CASE(a_picture_with_other_bytes_of_the_same_size_is_not_given_away_whole) {
    const std::string plain(3000, 'a');
    for (const std::string& after : {std::string(3000, '\xFF'), std::string(2999, 'a') + "\xFF"}) {
        customvision::image_batch batch;
        batch.images.push_back(picture_entry("a", plain));
        image_batch_encoder encoder(batch, notation::form);
        std::vector<std::byte> out(50000);
        BOOST_TEST_REQUIRE(encoder.measure_next(out).has_value());
        static_cast<fake_picture&>(*batch.images[0].content) = fake_picture(after);
        const auto filled = encoder.fill(out);
        BOOST_TEST_REQUIRE(!filled);
        BOOST_TEST((filled.error().code == errc::changed));
        BOOST_TEST(filled.error().message == "a: other bytes than it had a moment ago");
    }
}

BOOST_AUTO_TEST_CASE(a_picture_that_fails_while_it_is_measured_is_told_as_it_is) {
    for (const fault at : {fault::open, fault::read, fault::close, fault::shorter, fault::longer}) {
        customvision::image_batch batch;
        batch.images.push_back(picture_entry("a", std::string(1001, 'p'), {}, 100, at));
        image_batch_encoder encoder(batch, notation::form);
        std::optional<error> failure;
        BOOST_TEST(drain(encoder, 100, failure) == "");
        BOOST_TEST_REQUIRE(failure.has_value());
        BOOST_TEST((failure->code == errc::changed));
        BOOST_TEST(!encoder.measured());
    }
}

BOOST_AUTO_TEST_CASE(small_bodies_read_back_as_they_were_in_every_notation) {
    dice any{std::mt19937(9)};
    for (int round = 0; round < 300; ++round) {
        const notation as = all_notations[round % 3];
        url_batch batch;
        for (std::size_t count = 1 + any.below(12); count > 0; --count) {
            batch.images.push_back(
                {"https://x/?a=1&b=<" + std::to_string(any.below(9)), any.tags(), any.regions()});
        }
        batch.metadata = any.metadata();
        const json::value wanted =
            expected(batch, [](json::object& to, const auto& entry, std::size_t) {
                to.emplace("url", entry.url);
            });
        const std::string text = encode_url_batch(batch, as);
        BOOST_TEST_REQUIRE((read_body(text, "ImageUrlCreateBatch", as) == wanted), text);
    }
    const std::vector<image_tag> pairs{{numbered<image_id>(1), numbered<tag_id>(2)},
                                       {numbered<image_id>(3), numbered<tag_id>(4)}};
    for (const notation as : all_notations) {
        const auto read = read_body(encode_image_tags(pairs, as), "ImageTagCreateBatch", as);
        BOOST_TEST_REQUIRE(read.at("tags").as_array().size() == 2U);
        BOOST_TEST(text_of(read.at("tags").at(1), "imageId").ends_with("03"));
        BOOST_TEST(text_of(read.at("tags").at(1), "tagId").ends_with("04"));
        const auto train =
            read_body(encode_train_body({numbered<tag_id>(7)}, as), "TrainingParameters", as);
        BOOST_TEST(std::string_view(train.at("selectedTags").at(0).as_string()).ends_with("07"));
    }
}

BOOST_AUTO_TEST_CASE(what_xml_cannot_say_does_not_break_it) {
    url_batch batch;
    batch.images.push_back({"a\x01\x1f\xEF\xBF\xBF", {}, {}});
    BOOST_TEST(encode_url_batch(batch, notation::xml) ==
               "<ImageUrlCreateBatch><images><url>a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</url>"
               "</images></ImageUrlCreateBatch>");
}

BOOST_AUTO_TEST_SUITE_END()
