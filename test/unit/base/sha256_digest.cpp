#include <boost/test/unit_test.hpp>

#include "retraind/base/sha256.hpp"

using namespace retraind;

BOOST_AUTO_TEST_SUITE(sha256_digest)

BOOST_AUTO_TEST_CASE(is_the_standards) {
    sha256_hasher hasher;
    BOOST_TEST(to_hex(hasher.finish()) ==
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    sha256_hasher parts;
    for (const char* part : {"a", "bc"}) {
        parts.update(std::as_bytes(std::span(part, std::string_view(part).size())));
    }
    BOOST_TEST(to_hex(parts.finish()) ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(reads_what_it_writes_and_nothing_else) {
    const std::string hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    BOOST_REQUIRE(parse_sha256(hex));
    BOOST_TEST(to_hex(*parse_sha256(hex)) == hex);
    BOOST_TEST(!parse_sha256(hex.substr(1)));
    BOOST_TEST(!parse_sha256("x" + hex.substr(1)));
}

BOOST_AUTO_TEST_SUITE_END()
