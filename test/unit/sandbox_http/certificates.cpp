#include "sandbox/certificates.hpp"

#include <fstream>
#include <iterator>

#include <boost/test/unit_test.hpp>
#include <openssl/pem.h>
#include <sys/stat.h>

#include "sandbox/openssl_ptr.hpp"
#include "temporary_folder.hpp"

namespace {

using std::chrono::hours;
using std::chrono::system_clock;

constexpr hours day(24);
using store_ptr = std::unique_ptr<X509_STORE, sandbox::openssl_free<X509_STORE_free>>;
using context_ptr = std::unique_ptr<X509_STORE_CTX, sandbox::openssl_free<X509_STORE_CTX_free>>;

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

sandbox::x509_ptr first_certificate(const std::filesystem::path& file) {
    const std::string text = content_of(file);
    const sandbox::bio_ptr memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    return sandbox::x509_ptr(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

unsigned mode_of(const std::filesystem::path& file) {
    struct stat status {};
    ::stat(file.c_str(), &status);
    return status.st_mode & 0777U;
}

struct fixture {
    sandbox::test::temporary_folder folder;
    system_clock::time_point now = system_clock::now();

    sandbox::certificate_files make(const std::string& host, system_clock::time_point when) const {
        return sandbox::ensure_certificates(folder.path, host, when);
    }

    /// What strict OpenSSL says of the server's certificate for `host` at `when`.
    static int verify(const sandbox::certificate_files& files, const std::string& host,
                      system_clock::time_point when) {
        const auto ca = first_certificate(files.ca);
        const auto server = first_certificate(files.chain);
        const store_ptr store(X509_STORE_new());
        X509_STORE_add_cert(store.get(), ca.get());
        const context_ptr context(X509_STORE_CTX_new());
        X509_STORE_CTX_init(context.get(), store.get(), server.get(), nullptr);
        X509_STORE_CTX_set_default(context.get(), "ssl_server");
        X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
        X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
        X509_VERIFY_PARAM_set_time(rules, system_clock::to_time_t(when));
        if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) != 1) {
            X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size());
        }
        X509_verify_cert(context.get());
        return X509_STORE_CTX_get_error(context.get());
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(certificates, fixture)

BOOST_AUTO_TEST_CASE(the_chain_verifies_strictly_for_every_name) {
    const auto files = make("10.1.2.3", now);
    for (const std::string host : {"localhost", "127.0.0.1", "::1", "10.1.2.3"}) {
        BOOST_TEST_CONTEXT(host) {
            BOOST_TEST(verify(files, host, now) == X509_V_OK);
        }
    }
}

BOOST_AUTO_TEST_CASE(another_name_fails) {
    const auto files = make("127.0.0.1", now);
    BOOST_TEST(verify(files, "example.org", now) == X509_V_ERR_HOSTNAME_MISMATCH);
    BOOST_TEST(verify(files, "10.1.2.3", now) == X509_V_ERR_IP_ADDRESS_MISMATCH);
}

BOOST_AUTO_TEST_CASE(another_authority_fails) {
    auto files = make("localhost", now);
    const sandbox::test::temporary_folder other;
    files.ca = sandbox::ensure_certificates(other.path, "localhost", now).ca;
    BOOST_TEST(verify(files, "localhost", now) != X509_V_OK);
}

BOOST_AUTO_TEST_CASE(time_bounds_it) {
    const auto files = make("localhost", now);
    BOOST_TEST(verify(files, "localhost", now - hours(23)) == X509_V_OK);
    BOOST_TEST(verify(files, "localhost", now - 2 * day) == X509_V_ERR_CERT_NOT_YET_VALID);
    BOOST_TEST(verify(files, "localhost", now + 398 * day) == X509_V_ERR_CERT_HAS_EXPIRED);
}

BOOST_AUTO_TEST_CASE(the_next_start_keeps_everything) {
    const auto files = make("localhost", now);
    const std::string ca = content_of(files.ca);
    const std::string chain = content_of(files.chain);
    make("localhost", now + 300 * day);
    BOOST_TEST(content_of(files.ca) == ca);
    BOOST_TEST(content_of(files.chain) == chain);
}

BOOST_AUTO_TEST_CASE(a_certificate_near_its_end_is_renewed_under_the_same_authority) {
    const auto files = make("localhost", now);
    const std::string ca = content_of(files.ca);
    const std::string chain = content_of(files.chain);
    const auto later = now + 380 * day;
    make("localhost", later);
    BOOST_TEST(content_of(files.ca) == ca);
    BOOST_TEST(content_of(files.chain) != chain);
    BOOST_TEST(verify(files, "localhost", later + 300 * day) == X509_V_OK);
}

BOOST_AUTO_TEST_CASE(an_authority_near_its_end_is_renewed_with_all_below_it) {
    const auto files = make("localhost", now);
    const std::string ca = content_of(files.ca);
    const auto later = now + 3500 * day;
    make("localhost", later);
    BOOST_TEST(content_of(files.ca) != ca);
    BOOST_TEST(verify(files, "localhost", later) == X509_V_OK);
}

BOOST_AUTO_TEST_CASE(another_listen_address_gets_its_certificate) {
    make("127.0.0.1", now);
    const auto files = make("10.1.2.3", now);
    BOOST_TEST(verify(files, "10.1.2.3", now) == X509_V_OK);
}

BOOST_AUTO_TEST_CASE(lost_or_damaged_files_are_made_again) {
    for (const char* name : {"server-key.pem", "server.pem", "ca-key.pem", "ca.pem"}) {
        BOOST_TEST_CONTEXT(name) {
            make("localhost", now);
            std::ofstream(folder.path / name) << "nonsense";
            const auto files = make("localhost", now);
            BOOST_TEST(verify(files, "localhost", now) == X509_V_OK);
            std::filesystem::remove(folder.path / name);
            BOOST_TEST(verify(make("localhost", now), "localhost", now) == X509_V_OK);
        }
    }
}

BOOST_AUTO_TEST_CASE(keys_are_for_the_owner_only) {
    const auto files = make("localhost", now);
    BOOST_TEST(mode_of(files.key) == 0600U);
    BOOST_TEST(mode_of(folder.path / "ca-key.pem") == 0600U);
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_is_an_error) {
    const auto make_in_none = [&] {
        return sandbox::ensure_certificates(folder.path / "none", "localhost", now);
    };
    BOOST_CHECK_EXCEPTION(
        static_cast<void>(make_in_none()), std::runtime_error, [](const std::runtime_error& error) {
            return std::string(error.what()).find("cannot be made") != std::string::npos;
        });
}

BOOST_AUTO_TEST_SUITE_END()
