#include "retraind/customvision/image_batch_body.hpp"

#include "fake_picture.hpp"
#include "fixtures.hpp"
#include "support/run_task.hpp"

#include <vector>

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

struct pieces {
    std::vector<std::size_t> sizes;
    std::string text;
    std::optional<error> failure;
};

task<pieces> drain(customvision::image_batch_body& body) {
    pieces got;
    for (;;) {
        const auto piece = co_await body.next();
        if (!piece) {
            got.failure = piece.error();
            co_return got;
        }
        if (piece->empty()) {
            co_return got;
        }
        got.sizes.push_back(piece->size());
        got.text.append(reinterpret_cast<const char*>(piece->data()), piece->size());
    }
}

struct fixture {
    boost::asio::io_context loop;
    runtime::workers files{loop.get_executor(), 2};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(image_batch_body, fixture)

BOOST_AUTO_TEST_CASE(pieces_are_full_buffers_and_make_up_the_size) {
    constexpr std::size_t piece = customvision::image_batch_body::piece_bytes;
    BOOST_TEST(piece >= std::size_t{256} << 10);
    std::vector<image_entry> images;
    for (const char* name : {"a", "b", "c"}) {
        images.push_back(picture_entry(name, std::string(300000, *name), {}, 65536));
    }
    customvision::image_batch_body body({std::move(images), {}}, notation::json, files);
    BOOST_TEST((body.progress() == body_progress::none));
    const pieces got = run_task(loop, drain(body));
    BOOST_TEST(!got.failure);
    BOOST_TEST(got.text.size() == body.size());
    for (std::size_t at = 0; at + 1 < got.sizes.size(); ++at) {
        BOOST_TEST(got.sizes[at] == piece);
    }
    BOOST_TEST((body.progress() == body_progress::sent));
    BOOST_TEST(boost::json::parse(got.text).at("images").as_array().size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_body_that_is_given_but_not_ended_is_under_way) {
    std::vector<image_entry> images;
    images.push_back(picture_entry("a", "12345"));
    customvision::image_batch_body body({std::move(images), {}}, notation::json, files);
    const auto piece = run_task(loop, body.next());
    BOOST_TEST(piece.value().size() == body.size());
    BOOST_TEST((body.progress() == body_progress::under_way));
}

BOOST_AUTO_TEST_CASE(what_a_picture_failed_with_is_told_as_it_is) {
    std::vector<image_entry> images;
    images.push_back(picture_entry("a", "12345", {}, 10, fault::close));
    customvision::image_batch_body body({std::move(images), {}}, notation::json, files);
    const pieces got = run_task(loop, drain(body));
    BOOST_REQUIRE(got.failure);
    BOOST_TEST(got.failure->message == "it was replaced");
    BOOST_TEST(got.text == "");
    BOOST_REQUIRE(body.source_failure());
    BOOST_TEST((body.source_failure()->code == errc::changed));
}

BOOST_AUTO_TEST_SUITE_END()
