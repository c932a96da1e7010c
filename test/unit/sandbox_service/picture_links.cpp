#include "sandbox/service/picture_links.hpp"

#include <boost/test/unit_test.hpp>

using namespace sandbox::service;

namespace {

const std::string project = "80aedfee-54a1-47cb-baa2-8543e05858cc";
const std::string picture = "e7c8d226-aba5-431b-93ce-3424c8d8a0f0";
constexpr ticks moment = 1'604'684'445 * ticks_per_second;

/// A query value of a link, unescaped.
std::string value(const std::string& link, const std::string& name) {
    const auto begin = link.find(name + "=") + name.size() + 1;
    std::string text = link.substr(begin, link.find('&', begin) - begin);
    for (const auto& [coded, plain] : {std::pair("%2B", "+"), std::pair("%2F", "/"),
                                       std::pair("%3D", "="), std::pair("%3A", ":")}) {
        for (auto at = text.find(coded); at != std::string::npos; at = text.find(coded)) {
            text.replace(at, 3, plain);
        }
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(picture_links)

BOOST_AUTO_TEST_CASE(links_look_like_the_service_s) {
    const link_signer signer("https://127.0.0.1:8443/", "key");
    const auto links = signer.make(project, picture, moment);
    BOOST_TEST(links.original.starts_with(
        "https://127.0.0.1:8443/blobs/i-80aedfee54a147cbbaa28543e05858cc/"
        "i-e7c8d226aba5431b93ce3424c8d8a0f0?sv=2017-04-17&sr=b&sig="));
    BOOST_TEST(links.original.ends_with("&se=2020-11-07T17%3A40%3A45Z&sp=r"));
    BOOST_TEST(links.resized == links.original);
    BOOST_TEST(links.thumbnail.find("/t-e7c8d226aba5431b93ce3424c8d8a0f0?") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_link_is_good_for_its_picture_and_a_day) {
    const link_signer signer("https://h", "key");
    const std::string link = signer.make(project, picture, moment).original;
    const std::string expiry = value(link, "se");
    const std::string signature = value(link, "sig");
    const std::string container = "i-80aedfee54a147cbbaa28543e05858cc";
    const std::string name = "i-e7c8d226aba5431b93ce3424c8d8a0f0";
    BOOST_TEST(signer.is_valid(container, name, expiry, signature, moment));
    BOOST_TEST(signer.is_valid(container, name, expiry, signature, moment + ticks_per_day));
    BOOST_TEST(!signer.is_valid(container, name, expiry, signature,
                                moment + ticks_per_day + ticks_per_second));
    BOOST_TEST(!signer.is_valid(container, "t-e7c8d226aba5431b93ce3424c8d8a0f0", expiry, signature,
                                moment));
    BOOST_TEST(!signer.is_valid(container, name, "2999-01-01T00:00:00Z", signature, moment));
    BOOST_TEST(!signer.is_valid(container, name, expiry, "", moment));
    BOOST_TEST(
        !link_signer("https://h", "other").is_valid(container, name, expiry, signature, moment));
}

BOOST_AUTO_TEST_SUITE_END()
