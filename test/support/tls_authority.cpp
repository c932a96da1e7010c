#include "support/tls_authority.hpp"

#include <ctime>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace retraind::testing {
namespace {

template <auto Free>
struct freed_by {
    template <class T>
    void operator()(T* owned) const {
        Free(owned);
    }
};
using certificate_ptr = std::unique_ptr<X509, freed_by<X509_free>>;
using key_ptr = std::unique_ptr<EVP_PKEY, freed_by<EVP_PKEY_free>>;
using bio_ptr = std::unique_ptr<BIO, freed_by<BIO_free>>;
using extension_ptr = std::unique_ptr<X509_EXTENSION, freed_by<X509_EXTENSION_free>>;

constexpr std::chrono::hours hour(1);

void require(bool done, const char* what) {
    if (!done) {
        throw std::runtime_error(std::string("OpenSSL: ") + what);
    }
}

std::string drained(const bio_ptr& memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

tls_identity as_pem(X509* certificate, EVP_PKEY* key) {
    const bio_ptr first(BIO_new(BIO_s_mem()));
    const bio_ptr second(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(first.get(), certificate) == 1, "certificate");
    require(PEM_write_bio_PrivateKey(second.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "key");
    return {drained(first), drained(second)};
}

bio_ptr reader_of(const std::string& text) {
    return bio_ptr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

certificate_ptr certificate_of(const tls_identity& identity) {
    return certificate_ptr(
        PEM_read_bio_X509(reader_of(identity.certificate).get(), nullptr, nullptr, nullptr));
}

key_ptr key_of(const tls_identity& identity) {
    return key_ptr(
        PEM_read_bio_PrivateKey(reader_of(identity.key).get(), nullptr, nullptr, nullptr));
}

void extend(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const extension_ptr extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

certificate_ptr draft(EVP_PKEY* key, const char* name, std::chrono::hours from,
                      std::chrono::hours until) {
    certificate_ptr made(X509_new());
    constexpr long version_3 = 2;
    X509_set_version(made.get(), version_3);
    long serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&serial), 4);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), serial + 1);
    const std::time_t now = std::time(nullptr);
    ASN1_TIME_set(X509_getm_notBefore(made.get()), now + std::chrono::seconds(from).count());
    ASN1_TIME_set(X509_getm_notAfter(made.get()), now + std::chrono::seconds(until).count());
    require(X509_set_pubkey(made.get(), key) == 1, "public key");
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
    return made;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    require(X509_sign(certificate, key, EVP_sha256()) > 0, "signature");
}

tls_identity make_self_signed(const char* name, const std::string& constraints,
                              const std::string& names) {
    const key_ptr key(EVP_EC_gen("P-256"));
    const auto certificate = draft(key.get(), name, -hour, 24 * hour);
    extend(certificate.get(), certificate.get(), NID_basic_constraints, constraints);
    extend(certificate.get(), certificate.get(), NID_subject_key_identifier, "hash");
    if (!names.empty()) {
        extend(certificate.get(), certificate.get(), NID_subject_alt_name, names);
    }
    sign(certificate.get(), certificate.get(), key.get());
    return as_pem(certificate.get(), key.get());
}

std::filesystem::path write_temporary(const std::string& text) {
    std::string pattern = (std::filesystem::temp_directory_path() / "retraind-ca-XXXXXX").string();
    const int descriptor = ::mkstemp(pattern.data());
    require(descriptor >= 0, "temporary file");
    ::close(descriptor);
    std::ofstream(pattern) << text;
    return pattern;
}

} // namespace

tls_authority::tls_authority()
    : self_(make_self_signed("retraind test CA", "critical,CA:TRUE", {})),
      file_(write_temporary(self_.certificate)) {}

tls_authority::~tls_authority() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
}

tls_identity tls_authority::issue(const std::string& names, std::chrono::hours from,
                                  std::chrono::hours until) const {
    const auto issuer = certificate_of(self_);
    const auto issuer_key = key_of(self_);
    const key_ptr key(EVP_EC_gen("P-256"));
    const auto certificate = draft(key.get(), "test server", from, until);
    extend(certificate.get(), issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
    extend(certificate.get(), issuer.get(), NID_authority_key_identifier, "keyid:always");
    extend(certificate.get(), issuer.get(), NID_subject_alt_name, names);
    sign(certificate.get(), issuer.get(), issuer_key.get());
    return as_pem(certificate.get(), key.get());
}

tls_identity tls_authority::issue(const std::string& names) const {
    return issue(names, -hour, 24 * hour);
}

tls_identity self_signed(const std::string& names) {
    return make_self_signed("test server", "critical,CA:FALSE", names);
}

} // namespace retraind::testing
