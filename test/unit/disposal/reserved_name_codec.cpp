#include "retraind/disposal/reserved_name_codec.hpp"

#include <boost/test/unit_test.hpp>

using namespace retraind::disposal;

BOOST_AUTO_TEST_SUITE(reserved_name_codec)

BOOST_AUTO_TEST_CASE(the_original_is_read_back) {
    for (const std::string& original :
         {std::string("a.jpg"), std::string("-"), std::string(".retraind-aaaaaaaa-x"),
          std::string("caf\xe9\n.jpg"), std::string(236, 'n')}) {
        for (const std::uint64_t random :
             {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{0x123456789abcdef}}) {
            const auto name = reserved_name(random, original);
            BOOST_TEST_REQUIRE(name.has_value());
            BOOST_TEST(is_reserved(*name));
            BOOST_TEST(!is_reserved_folder(*name));
            BOOST_TEST((original_name(*name) == original));
        }
    }
    BOOST_TEST(!reserved_name(1, std::string(237, 'n')).has_value());
    BOOST_TEST((reserved_name(1, "a") != reserved_name(2, "a")));
}

BOOST_AUTO_TEST_CASE(folders_and_parts_hold_no_name) {
    BOOST_TEST(is_reserved_folder(reserved_folder(7)));
    BOOST_TEST(is_reserved(partial_name(7)));
    BOOST_TEST(!is_reserved_folder(partial_name(7)));
    for (const std::string& name :
         {reserved_folder(7), partial_name(7), reserved_folder(7) + "-",
          std::string(".retraind-UPPERCAS-a.jpg"), std::string(".retraind-short-a.jpg"),
          std::string("a.jpg"), std::string(".retraind-"), std::string()}) {
        BOOST_TEST(!original_name(name).has_value(), name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
