#include "http/tls_stream.hpp"

#include "http/basic_stream.hpp"
#include "http/certificate_rules.hpp"
#include "retraind/base/text.hpp"

#include <array>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl.hpp>
#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>

namespace retraind::http {

class tls_trust {
public:
    boost::asio::ssl::context context{boost::asio::ssl::context::tls_client};
};

namespace {

using tls_socket = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

/// What the verification found wrong first. The handshake's own error does not say it.
struct finding {
    int code = X509_V_OK;
    std::string detail;
};

std::string text_of(const ASN1_TIME* time) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    if (!memory || ASN1_TIME_print(memory.get(), time) != 1) {
        return {};
    }
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string text_of(const X509_NAME* name) {
    std::array<char, 256> line{};
    X509_NAME_oneline(name, line.data(), static_cast<int>(line.size()));
    return printable(line.data());
}

std::string detail_of(int code, const X509* certificate) {
    if (certificate == nullptr) {
        return {};
    }
    if (code == X509_V_ERR_CERT_HAS_EXPIRED) {
        return "valid until " + text_of(X509_get0_notAfter(certificate));
    }
    if (code == X509_V_ERR_CERT_NOT_YET_VALID) {
        return "valid from " + text_of(X509_get0_notBefore(certificate));
    }
    return fmt::format("subject {}, issuer {}", text_of(X509_get_subject_name(certificate)),
                       text_of(X509_get_issuer_name(certificate)));
}

class tls_stream final : public basic_stream<tls_socket> {
public:
    tls_stream(boost::asio::ip::tcp::socket socket, std::shared_ptr<tls_trust> trust)
        : basic_stream(std::move(socket), trust->context), trust_(std::move(trust)) {}

    /// Expects this server's name or address in the certificate. SNI takes names only.
    [[nodiscard]] bool expect(const std::string& host);
    [[nodiscard]] task<result<void>> handshake(const endpoint& server, duration limit);

    task<void> shutdown(duration limit) override {
        if (!has_ended()) {
            const expiry watch(executor(), limit, [this] { end(ending::timed_out); });
            // A peer that has gone without its goodbye is as good as one that said it.
            co_await stream().async_shutdown(use_tuple);
        }
        close();
    }

private:
    void record(boost::asio::ssl::verify_context& context);
    [[nodiscard]] error handshake_error(const endpoint& server,
                                        const boost::system::error_code& ec) const;

    std::shared_ptr<tls_trust> trust_;
    finding found_;
};

bool tls_stream::expect(const std::string& host) {
    SSL* ssl = stream().native_handle();
    X509_VERIFY_PARAM* expected = SSL_get0_param(ssl);
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    boost::system::error_code no_address;
    boost::asio::ip::make_address(host, no_address);
    if (!no_address) {
        return X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
    }
    return SSL_set1_host(ssl, host.c_str()) == 1 &&
           SSL_set_tlsext_host_name(ssl, host.c_str()) == 1;
}

void tls_stream::record(boost::asio::ssl::verify_context& context) {
    if (found_.code == X509_V_OK) {
        X509_STORE_CTX* store = context.native_handle();
        found_.code = X509_STORE_CTX_get_error(store);
        found_.detail = detail_of(found_.code, X509_STORE_CTX_get_current_cert(store));
    }
}

task<result<void>> tls_stream::handshake(const endpoint& server, duration limit) {
    stream().set_verify_mode(boost::asio::ssl::verify_peer);
    stream().set_verify_callback([this](bool good, boost::asio::ssl::verify_context& context) {
        if (!good) {
            record(context);
        }
        return good;
    });
    if (!expect(server.host)) {
        co_return fail(errc::invalid, server.host + " is no name that TLS can verify");
    }
    const expiry watch(executor(), limit, [this] { end(ending::timed_out); });
    const auto [ec] =
        co_await stream().async_handshake(boost::asio::ssl::stream_base::client, use_tuple);
    if (has_ended()) {
        co_return ended();
    }
    if (ec) {
        co_return tl::unexpected(handshake_error(server, ec));
    }
    co_return result<void>();
}

error tls_stream::handshake_error(const endpoint& server,
                                  const boost::system::error_code& ec) const {
    if (found_.code != X509_V_OK) {
        return certificate_refusal(server, found_.code, found_.detail);
    }
    const bool torn = ec == boost::asio::ssl::error::stream_truncated ||
                      ec.category() == boost::asio::error::get_system_category() ||
                      ec.category() == boost::asio::error::get_misc_category();
    return {torn ? errc::network : errc::protocol, ec.message()};
}

tl::unexpected<error> trust_failure(std::string_view what) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
    ERR_clear_error();
    return fail(errc::certificate, fmt::format("{}: {}", what, reason.data()));
}

} // namespace

result<std::shared_ptr<tls_trust>> load_tls_trust(const std::optional<std::string>& ca_file) {
    auto trust = std::make_shared<tls_trust>();
    SSL_CTX* context = trust->context.native_handle();
    if (SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
        SSL_CTX_set_default_verify_paths(context) != 1) {
        return trust_failure("the system's certificates cannot be used");
    }
    if (ca_file && SSL_CTX_load_verify_file(context, ca_file->c_str()) != 1) {
        return trust_failure(fmt::format("service.ca_file {} holds no certificate that can be read",
                                         printable(*ca_file)));
    }
    return trust;
}

task<result<std::shared_ptr<byte_stream>>> open_tls_stream(boost::asio::ip::tcp::socket socket,
                                                           std::shared_ptr<tls_trust> trust,
                                                           const endpoint& server, duration limit,
                                                           runtime::stop_signal& aborting) {
    const auto opened = std::make_shared<tls_stream>(std::move(socket), std::move(trust));
    const auto stopping = aborting.subscribe([opened] { opened->close(); });
    const auto shaken = co_await opened->handshake(server, limit);
    if (!shaken) {
        opened->close();
        co_return tl::unexpected(shaken.error());
    }
    co_return std::shared_ptr<byte_stream>(opened);
}

} // namespace retraind::http
