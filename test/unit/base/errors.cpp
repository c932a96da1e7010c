#include "retraind/base/error.hpp"

#include <cerrno>

#include <boost/test/unit_test.hpp>

using namespace retraind;

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(context_stands_in_front) {
    const error inner{errc::io, "read failed"};
    BOOST_TEST(inner.in("/a").message == "/a: read failed");
    BOOST_TEST((inner.in("/a").code == errc::io));
    BOOST_TEST(error(inner).in("/a").in("scan").message == "scan: /a: read failed");
}

BOOST_AUTO_TEST_CASE(an_errno_becomes_its_kind_and_sentence) {
    BOOST_TEST((from_errno(ENOENT, "x").code == errc::not_found));
    BOOST_TEST((from_errno(EACCES, "x").code == errc::denied));
    BOOST_TEST((from_errno(ENOSPC, "x").code == errc::full));
    BOOST_TEST((from_errno(EMFILE, "x").code == errc::full));
    BOOST_TEST((from_errno(EIO, "x").code == errc::io));
    BOOST_TEST(from_errno(ENOENT, "/a").message == "/a: No such file or directory");
}

BOOST_AUTO_TEST_SUITE_END()
