#include "http/certificate_rules.hpp"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

namespace retraind::http {
namespace {

std::string_view verdict_on(int code) {
    switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return "has expired; renew it on the server, or set this machine's clock";
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "is not valid yet; set this machine's clock";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "is for another name; correct service.endpoint";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
        return "is self-signed, from another issuer than those trusted here; where it is the right "
               "one, name it in service.ca_file";
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_CERT_UNTRUSTED:
    case X509_V_ERR_INVALID_CA:
        return "is from another issuer than those trusted here; name the issuer's certificate in "
               "service.ca_file";
    default:
        return {};
    }
}

} // namespace

std::string authority_of(const endpoint& server) {
    const bool bracketed = server.host.find(':') != std::string::npos;
    return fmt::format("{}{}{}:{}", bracketed ? "[" : "", server.host, bracketed ? "]" : "",
                       server.port);
}

error certificate_refusal(const endpoint& server, int code, std::string_view detail) {
    std::string sentence = fmt::format("the certificate of {} ", authority_of(server));
    if (!detail.empty()) {
        sentence += fmt::format("({}) ", detail);
    }
    const std::string_view verdict = verdict_on(code);
    if (verdict.empty()) {
        sentence += fmt::format("was refused: {}", X509_verify_cert_error_string(code));
    } else {
        sentence += verdict;
    }
    return {errc::certificate, std::move(sentence)};
}

} // namespace retraind::http
