#include "http/certificate_rules.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/x509_vfy.h>

namespace http = retraind::http;

BOOST_AUTO_TEST_SUITE(certificate_rules)

BOOST_AUTO_TEST_CASE(each_refusal_says_which_and_what_mends_it) {
    const struct {
        int code;
        std::string_view which, mend;
    } cases[] = {
        {X509_V_ERR_CERT_HAS_EXPIRED, "expired", "clock"},
        {X509_V_ERR_CERT_NOT_YET_VALID, "not valid yet", "clock"},
        {X509_V_ERR_HOSTNAME_MISMATCH, "another name", "endpoint"},
        {X509_V_ERR_IP_ADDRESS_MISMATCH, "another name", "endpoint"},
        {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, "another issuer", "ca_file"},
        {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, "another issuer", "ca_file"},
        {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, "another issuer", "ca_file"},
        {X509_V_ERR_CERT_SIGNATURE_FAILURE, "another issuer", "ca_file"},
        {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, "self-signed", "ca_file"},
        {X509_V_ERR_CERT_REVOKED, "was refused", "revoked"},
    };
    for (const auto& each : cases) {
        const auto said =
            http::certificate_refusal({"host", "8443", true, {}}, each.code, "detail");
        BOOST_TEST_CONTEXT(said.message) {
            BOOST_TEST((said.code == retraind::errc::certificate));
            for (const std::string_view part :
                 {each.which, each.mend, std::string_view("certificate of host:8443 (detail)")}) {
                BOOST_TEST(said.message.find(part) != std::string::npos, part);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(authorities) {
    BOOST_TEST(http::authority_of({"host", "443", true, {}}) == "host:443");
    BOOST_TEST(http::authority_of({"::1", "443", true, {}}) == "[::1]:443");
}

BOOST_AUTO_TEST_SUITE_END()
