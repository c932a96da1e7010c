#include "sandbox/certificates.hpp"

#include <array>
#include <ctime>
#include <optional>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <unistd.h>

#include "sandbox/openssl_ptr.hpp"
#include "sandbox/private_file.hpp"

namespace sandbox {

namespace {

using std::chrono::hours;
using std::chrono::system_clock;

constexpr hours day(24);
constexpr hours ca_life = 3650 * day;
constexpr hours server_life = 397 * day;
constexpr hours renew_before = 30 * day;
/// A client's clock may be behind ours.
constexpr hours clock_slack(24);

/// A certificate and its private key.
struct identity {
    x509_ptr certificate;
    key_ptr key;
};

void require(bool done, const char* what) {
    if (!done) {
        std::array<char, 256> reason{};
        ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
        throw std::runtime_error(fmt::format("{} failed: {}", what, reason.data()));
    }
}

std::string drain(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
    const bio_ptr memory(BIO_new(BIO_s_mem()));
    require(PEM_write_bio_X509(memory.get(), certificate) == 1, "writing a certificate");
    return drain(memory.get());
}

std::string pem_of(EVP_PKEY* key) {
    const bio_ptr memory(BIO_new(BIO_s_secmem()));
    require(PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
            "writing a private key");
    return drain(memory.get());
}

bio_ptr memory_of(const std::string& text) {
    return bio_ptr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Nothing where a file is missing, is no PEM, or the key is another certificate's.
std::optional<identity> load(const std::filesystem::path& certificate,
                             const std::filesystem::path& key) {
    const auto certificate_text = read_file(certificate);
    const auto key_text = read_file(key);
    if (!certificate_text || !key_text) {
        return std::nullopt;
    }
    identity found;
    found.certificate.reset(
        PEM_read_bio_X509(memory_of(*certificate_text).get(), nullptr, nullptr, nullptr));
    found.key.reset(PEM_read_bio_PrivateKey(memory_of(*key_text).get(), nullptr, nullptr, nullptr));
    const bool pair = found.certificate && found.key &&
                      X509_check_private_key(found.certificate.get(), found.key.get()) == 1;
    ERR_clear_error();
    return pair ? std::optional(std::move(found)) : std::nullopt;
}

bool is_valid_until(const X509* certificate, system_clock::time_point when) {
    std::time_t seconds = system_clock::to_time_t(when);
    return X509_cmp_time(X509_get0_notAfter(certificate), &seconds) > 0;
}

bool is_address(const std::string& host) {
    using octets_ptr = std::unique_ptr<ASN1_OCTET_STRING, openssl_free<ASN1_OCTET_STRING_free>>;
    return octets_ptr(a2i_IPADDRESS(host.c_str())) != nullptr;
}

bool is_for(X509* certificate, const std::string& host) {
    return is_address(host)
               ? X509_check_ip_asc(certificate, host.c_str(), 0) == 1
               : X509_check_host(certificate, host.data(), host.size(), 0, nullptr) == 1;
}

void set_random_serial(X509* certificate) {
    constexpr int serial_bits = 127;
    const bignum_ptr serial(BN_new());
    require(BN_rand(serial.get(), serial_bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
                BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr,
            "making a serial number");
}

void set_name(X509_NAME* name, const char* common_name) {
    const auto add = [&](const char* field, const char* value) {
        const auto* bytes = reinterpret_cast<const unsigned char*>(value);
        return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, -1, -1, 0) == 1;
    };
    require(add("O", "customvision-sandbox") && add("CN", common_name), "naming a certificate");
}

/// A certificate of a fresh key, all but its issuer, extensions and signature.
identity draft(const char* common_name, system_clock::time_point now, hours life) {
    identity fresh{x509_ptr(X509_new()), key_ptr(EVP_EC_gen("P-256"))};
    X509* certificate = fresh.certificate.get();
    require(certificate != nullptr && fresh.key, "making a key");
    constexpr long version_3 = 2;
    require(X509_set_version(certificate, version_3) == 1 &&
                X509_set_pubkey(certificate, fresh.key.get()) == 1,
            "making a certificate");
    set_random_serial(certificate);
    set_name(X509_get_subject_name(certificate), common_name);
    const auto begin = system_clock::to_time_t(now - clock_slack);
    const auto end = system_clock::to_time_t(now + life);
    require(ASN1_TIME_set(X509_getm_notBefore(certificate), begin) != nullptr &&
                ASN1_TIME_set(X509_getm_notAfter(certificate), end) != nullptr,
            "dating a certificate");
    return fresh;
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const extension_ptr extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1,
            "extending a certificate");
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
    require(X509_set_issuer_name(certificate, X509_get_subject_name(issuer)) == 1 &&
                X509_sign(certificate, key, EVP_sha256()) > 0,
            "signing a certificate");
}

identity make_authority(system_clock::time_point now) {
    identity fresh = draft("customvision-sandbox CA", now, ca_life);
    X509* certificate = fresh.certificate.get();
    add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(certificate, certificate, NID_subject_key_identifier, "hash");
    add_extension(certificate, certificate, NID_authority_key_identifier, "keyid:always");
    sign(certificate, certificate, fresh.key.get());
    return fresh;
}

std::string machine_name() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// A name that could be read as several entries, or as none, is left out.
bool is_plain_name(const std::string& name) {
    constexpr auto plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    return !name.empty() && name.find_first_not_of(plain) == std::string::npos;
}

std::string alternative_names(const std::string& host) {
    std::string names = "DNS:localhost,IP:127.0.0.1,IP:::1";
    for (const std::string& name : {machine_name(), host}) {
        if (is_address(name)) {
            names += ",IP:" + name;
        } else if (is_plain_name(name)) {
            names += ",DNS:" + name;
        }
    }
    return names;
}

identity make_server(const identity& authority, const std::string& host,
                     system_clock::time_point now) {
    identity fresh = draft("localhost", now, server_life);
    X509* certificate = fresh.certificate.get();
    X509* issuer = authority.certificate.get();
    add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(certificate, issuer, NID_key_usage, "critical,digitalSignature");
    add_extension(certificate, issuer, NID_ext_key_usage, "serverAuth");
    add_extension(certificate, issuer, NID_subject_key_identifier, "hash");
    add_extension(certificate, issuer, NID_authority_key_identifier, "keyid:always");
    add_extension(certificate, issuer, NID_subject_alt_name, alternative_names(host));
    sign(certificate, issuer, authority.key.get());
    return fresh;
}

identity ensure_authority(const certificate_files& files, const std::filesystem::path& key,
                          system_clock::time_point now) {
    auto found = load(files.ca, key);
    if (found && is_valid_until(found->certificate.get(), now + server_life)) {
        return std::move(*found);
    }
    identity fresh = make_authority(now);
    write_file(key, pem_of(fresh.key.get()), readers::owner);
    write_file(files.ca, pem_of(fresh.certificate.get()), readers::everyone);
    return fresh;
}

bool is_good(const identity& server, const identity& authority, const std::string& host,
             system_clock::time_point now) {
    X509* certificate = server.certificate.get();
    return is_valid_until(certificate, now + renew_before) && is_for(certificate, host) &&
           X509_verify(certificate, X509_get0_pubkey(authority.certificate.get())) == 1;
}

} // namespace

certificate_files ensure_certificates(const std::filesystem::path& folder, const std::string& host,
                                      system_clock::time_point now) {
    certificate_files files{folder / "ca.pem", folder / "server.pem", folder / "server-key.pem"};
    const identity authority = ensure_authority(files, folder / "ca-key.pem", now);
    const auto found = load(files.chain, files.key);
    if (found && is_good(*found, authority, host, now)) {
        return files;
    }
    ERR_clear_error();
    const identity fresh = make_server(authority, host, now);
    write_file(files.key, pem_of(fresh.key.get()), readers::owner);
    write_file(files.chain, pem_of(fresh.certificate.get()) + pem_of(authority.certificate.get()),
               readers::everyone);
    return files;
}

} // namespace sandbox
