#include <boost/test/unit_test.hpp>

#include "retraind/base/secret.hpp"

#include <concepts>
#include <ostream>

#include <fmt/format.h>

using namespace retraind;

namespace {

template <class T>
concept streams = requires(std::ostream& out, const T& value) { out << value; };

} // namespace

// That it cannot be printed is checked where it would be: by the compiler.
static_assert(!streams<secret>);
static_assert(!fmt::is_formattable<secret>::value);
static_assert(!std::convertible_to<secret, std::string>);

BOOST_AUTO_TEST_SUITE(secret_value)

BOOST_AUTO_TEST_CASE(compares_by_value) {
    const secret key(std::string("0123456789abcdef"));
    BOOST_TEST(key.equals(secret(std::string("0123456789abcdef"))));
    BOOST_TEST(!key.equals(secret(std::string("0123456789abcdeF"))));
    BOOST_TEST(!key.equals(secret(std::string("0123456789abcde"))));
    BOOST_TEST(!key.equals(secret()));
}

BOOST_AUTO_TEST_CASE(a_moved_from_one_is_empty) {
    for (const char* text : {"short", "long enough that it is on the heap, not inside"}) {
        secret first{std::string(text)};
        const secret second = std::move(first);
        BOOST_TEST(first.empty()); // NOLINT(bugprone-use-after-move): that is what is tested
        BOOST_TEST(second.reveal() == text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
