#include "retraind/customvision/image_batch_encoder.hpp"

#include "fake_picture.hpp"
#include "fixtures.hpp"

#include <random>
#include <vector>

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

std::string random_bytes(std::mt19937& random, std::size_t count) {
    std::string bytes(count, '\0');
    for (char& each : bytes) {
        each = static_cast<char>(random());
    }
    return bytes;
}

/// RFC 4648 to the letter, written apart from what it checks.
std::string plain_base64(const std::string& raw) {
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

struct drained {
    std::string text;
    std::optional<error> failure;
};

drained drain(image_batch_encoder& encoder, std::size_t buffer) {
    drained got;
    std::vector<std::byte> out(buffer);
    for (;;) {
        const auto filled = encoder.fill(out);
        if (!filled) {
            got.failure = filled.error();
            return got;
        }
        got.text.append(reinterpret_cast<const char*>(out.data()), *filled);
        if (*filled < buffer) {
            return got;
        }
    }
}

/// The whole body of one batch in memory, by way of a JSON library.
boost::json::value naive(const std::vector<std::pair<std::string, std::string>>& pictures) {
    boost::json::array images;
    for (const auto& [name, bytes] : pictures) {
        boost::json::object entry;
        entry.emplace("name", name);
        entry.emplace("contents", plain_base64(bytes));
        images.emplace_back(std::move(entry));
    }
    boost::json::object body;
    body.emplace("images", std::move(images));
    return body;
}

std::vector<std::string> ids_in(const boost::json::value& from, const char* name) {
    std::vector<std::string> ids;
    if (const auto* list = from.as_object().if_contains(name)) {
        for (const auto& each : list->as_array()) {
            ids.emplace_back(std::string_view(each.as_string()));
        }
    }
    return ids;
}

std::vector<std::string> texts(const std::vector<tag_id>& tags) {
    std::vector<std::string> ids;
    for (const tag_id& each : tags) {
        ids.push_back(to_string(each));
    }
    return ids;
}

} // namespace

BOOST_AUTO_TEST_SUITE(image_batch_encoder)

BOOST_AUTO_TEST_CASE(every_small_size_comes_out_as_plain_base64) {
    std::mt19937 random(1);
    for (std::size_t size = 0; size <= 1000; ++size) {
        const std::string bytes = random_bytes(random, size);
        std::vector<image_entry> images;
        images.push_back(picture_entry("a.png", bytes, {}, 1 + random() % 40));
        customvision::image_batch_encoder encoder({std::move(images), {}}, notation::json,
                                                  3 + random() % 200);
        const drained got = drain(encoder, 1 + random() % 300);
        BOOST_TEST_REQUIRE(!got.failure, size);
        BOOST_TEST_REQUIRE(got.text.size() == encoder.size(), size);
        BOOST_TEST_REQUIRE((boost::json::parse(got.text) == naive({{"a.png", bytes}})), size);
    }
}

BOOST_AUTO_TEST_CASE(batches_equal_what_a_json_library_makes_of_them) {
    std::mt19937 random(2);
    const std::vector<std::string> names{"plain.jpg",   "quote\".png",  "back\\slash",
                                         "tab\there",   "ünï/日本.png", "",
                                         "ctl\x01\x1f", "del\x7f"};
    for (int round = 0; round < 300; ++round) {
        std::vector<std::pair<std::string, std::string>> pictures;
        std::vector<image_entry> images;
        for (std::size_t count = random() % 6; count > 0; --count) {
            pictures.emplace_back(names[random() % names.size()],
                                  random_bytes(random, random() % 500));
            images.push_back(picture_entry(pictures.back().first, pictures.back().second, {},
                                           1 + random() % 100));
        }
        customvision::image_batch_encoder encoder({std::move(images), {}}, notation::json,
                                                  random() % 100);
        const drained got = drain(encoder, 1 + random() % 700);
        BOOST_TEST_REQUIRE(!got.failure);
        BOOST_TEST_REQUIRE(got.text.size() == encoder.size());
        BOOST_TEST_REQUIRE((boost::json::parse(got.text) == naive(pictures)));
    }
}

BOOST_AUTO_TEST_CASE(every_buffer_is_filled_to_its_last_byte) {
    std::mt19937 random(3);
    for (std::size_t buffer = 1; buffer < 40; ++buffer) {
        std::vector<image_entry> images;
        images.push_back(picture_entry("a", random_bytes(random, 100), {}, 7));
        images.push_back(picture_entry("b", random_bytes(random, 101), {}, 7));
        customvision::image_batch_encoder encoder({std::move(images), {}}, notation::json, 9);
        std::vector<std::byte> out(buffer);
        std::uint64_t total = 0;
        std::size_t last = buffer;
        while (last == buffer) {
            last = encoder.fill(out).value();
            total += last;
        }
        BOOST_TEST(total == encoder.size());
        BOOST_TEST(encoder.fill(out).value() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_written_behind_the_buffer) {
    std::mt19937 random(4);
    std::vector<image_entry> images;
    images.push_back(picture_entry("a", random_bytes(random, 5000)));
    customvision::image_batch_encoder encoder({std::move(images), {}});
    std::vector<std::byte> out(258, std::byte{0x55});
    for (std::size_t given = 256; given == 256;) {
        given = encoder.fill(std::span(out).first(256)).value();
        BOOST_TEST_REQUIRE((out[256] == std::byte{0x55}));
    }
}

BOOST_AUTO_TEST_CASE(shared_tags_stand_on_the_batch_and_others_on_their_picture) {
    const auto a = numbered<tag_id>(1);
    const auto b = numbered<tag_id>(2);
    const auto c = numbered<tag_id>(3);
    struct {
        std::vector<std::vector<tag_id>> tags;
        std::vector<tag_id> shared;
        std::vector<std::vector<tag_id>> own;
    } const cases[]{
        {{{a}, {a}}, {a}, {{}, {}}},
        {{{a}, {b}}, {}, {{a}, {b}}},
        {{{a, b}, {b, a, c}}, {a, b}, {{}, {c}}},
        {{{a}, {}}, {}, {{a}, {}}},
        {{{}}, {}, {{}}},
        {{{a, b}}, {a, b}, {{}}},
    };
    for (const auto& each : cases) {
        std::vector<image_entry> images;
        for (const auto& tags : each.tags) {
            images.push_back(picture_entry("p", "x", tags));
        }
        customvision::image_batch_encoder encoder({std::move(images), {}});
        const drained got = drain(encoder, 100);
        BOOST_TEST_REQUIRE(got.text.size() == encoder.size());
        const boost::json::value body = boost::json::parse(got.text);
        BOOST_TEST(ids_in(body, "tagIds") == texts(each.shared), boost::test_tools::per_element());
        BOOST_TEST(body.as_object().contains("tagIds") == !each.shared.empty());
        for (std::size_t at = 0; at < each.own.size(); ++at) {
            const auto& entry = body.at("images").as_array().at(at);
            BOOST_TEST(ids_in(entry, "tagIds") == texts(each.own[at]),
                       boost::test_tools::per_element());
            BOOST_TEST(entry.as_object().contains("tagIds") == !each.own[at].empty());
        }
    }
}

BOOST_AUTO_TEST_CASE(an_entry_is_counted_exactly_and_shared_tags_only_make_it_less) {
    std::mt19937 random(5);
    for (int round = 0; round < 200; ++round) {
        const bool share = round % 2 == 0;
        std::vector<image_entry> images;
        std::uint64_t bound = encoded_envelope_bytes({}, notation::json);
        const std::size_t count = 2 + random() % 5;
        for (std::size_t at = 0; at < count; ++at) {
            std::vector<tag_id> tags;
            for (std::size_t tag = share ? random() % 4 : 0; tag < 4; ++tag) {
                tags.push_back(
                    numbered<tag_id>(static_cast<std::uint8_t>(share ? tag : at * 10 + tag)));
            }
            const std::string name = "p\"" + std::to_string(random());
            const std::string bytes = random_bytes(random, random() % 50);
            images.push_back(picture_entry(name, bytes, tags));
            bound += encoded_entry_bytes(images.back(), notation::json);
        }
        const customvision::image_batch_encoder encoder({std::move(images), {}});
        if (share) {
            BOOST_TEST(encoder.size() < bound);
        } else {
            BOOST_TEST(encoder.size() + 1 == bound); // the last entry has no comma
        }
    }
    BOOST_TEST(encoded_entry_bytes(picture_entry("a", ""), notation::json) ==
               std::string(R"({"name":"a","contents":""},)").size());
}

BOOST_AUTO_TEST_CASE(a_picture_that_fails_never_gives_its_last_byte) {
    const std::string bytes(1001, 'p');
    const std::string_view text = R"({"images":[{"name":"a","contents":"})";
    for (const fault at : {fault::open, fault::read, fault::close, fault::shorter, fault::longer}) {
        for (const std::size_t buffer : {1U, 3U, 64U, 1339U, 100000U}) {
            std::vector<image_entry> images;
            images.push_back(picture_entry("a", bytes, {}, 100, at));
            images.push_back(picture_entry("b", bytes));
            const auto second = std::static_pointer_cast<fake_picture>(images[1].content);
            customvision::image_batch_encoder encoder({std::move(images), {}}, notation::json, 300);
            const drained got = drain(encoder, buffer);
            BOOST_TEST_REQUIRE(got.failure.has_value());
            BOOST_TEST((got.failure->code == errc::changed));
            BOOST_TEST(got.text.size() < text.size() + plain_base64(bytes).size());
            BOOST_TEST(second->calls == "");
            std::vector<std::byte> out(10);
            BOOST_TEST(!encoder.fill(out));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_has_another_size_is_named) {
    std::vector<image_entry> images;
    images.push_back(picture_entry("cat/ä\n.png", "12345", {}, 100, fault::longer));
    customvision::image_batch_encoder encoder({std::move(images), {}});
    BOOST_TEST(drain(encoder, 100).failure->message ==
               "cat/ä\\x0a.png: longer than the 5 bytes it had");
}

BOOST_AUTO_TEST_CASE(pictures_are_asked_in_order_and_can_be_sent_again) {
    std::vector<image_entry> images;
    for (const char* name : {"a", "b", "c"}) {
        images.push_back(picture_entry(name, std::string(*name == 'b' ? 0 : 50, *name)));
    }
    std::string first;
    for (int round = 1; round <= 2; ++round) {
        customvision::image_batch_encoder encoder({images, {}});
        const drained got = drain(encoder, 64);
        BOOST_TEST_REQUIRE(!got.failure);
        for (const auto& each : images) {
            const auto& calls = std::static_pointer_cast<fake_picture>(each.content)->calls;
            BOOST_TEST(calls == (round == 1 ? "orc" : "orcorc"));
        }
        BOOST_TEST((round == 1 || got.text == first));
        first = got.text;
    }
}

BOOST_AUTO_TEST_CASE(a_failed_encoder_leaves_its_pictures_fit_for_another) {
    std::vector<image_entry> images;
    images.push_back(picture_entry("a", std::string(500, 'a')));
    images.push_back(picture_entry("b", std::string(500, 'b'), {}, 1000, fault::close));
    customvision::image_batch_encoder failing({images, {}});
    BOOST_TEST(drain(failing, 100).failure.has_value());
    images.pop_back();
    customvision::image_batch_encoder again({images, {}});
    const drained got = drain(again, 100);
    BOOST_TEST(!got.failure);
    BOOST_TEST(got.text.size() == again.size());
}

BOOST_AUTO_TEST_SUITE_END()
