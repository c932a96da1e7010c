#include "sandbox/service/multipart.hpp"

#include <boost/test/unit_test.hpp>

using sandbox::service::multipart_field;

namespace {

const std::string type = "multipart/form-data; boundary=----b1";

std::string body_of(std::string_view header, std::string_view content) {
    return "------b1\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nno\r\n------b1\r\n" +
           std::string(header) + "\r\n\r\n" + std::string(content) + "\r\n------b1--\r\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(multipart)

BOOST_AUTO_TEST_CASE(a_field_is_found_among_others) {
    const std::string content("\r\n\0--b1\r\n--", 11);
    for (const char* header :
         {"Content-Disposition: form-data; name=\"imageData\"; filename=\"a;b\"",
          "Content-Type: image/png\r\ncontent-disposition: form-data; name=imageData"}) {
        BOOST_TEST_CONTEXT(header) {
            const std::string body = body_of(header, content);
            BOOST_TEST((multipart_field(type, body, "imageData") == content));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_quoted_boundary_and_an_empty_field) {
    const std::string body = body_of("Content-Disposition: form-data; name=imageData", "");
    BOOST_TEST((multipart_field("multipart/form-data; charset=x; Boundary=\"----b1\"", body,
                                "imageData") == std::string_view()));
}

BOOST_AUTO_TEST_CASE(malformed_bodies_have_no_field) {
    const std::string good = body_of("Content-Disposition: form-data; name=imageData", "abc");
    BOOST_TEST(!multipart_field("multipart/form-data", good, "imageData"));
    BOOST_TEST(!multipart_field("multipart/form-data; boundary=", good, "imageData"));
    BOOST_TEST(!multipart_field("multipart/form-data; boundary=zzz", good, "imageData"));
    BOOST_TEST(!multipart_field(type, good, "imagedata2"));
    for (std::size_t length = 0; length + 14 < good.size(); ++length) {
        BOOST_TEST_CONTEXT(length) {
            BOOST_TEST(!multipart_field(type, good.substr(0, length), "imageData"));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
