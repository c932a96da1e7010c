#include "tls_client.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sandbox/http/message.hpp"

namespace sandbox::test {

namespace {

int connected_socket(std::uint16_t port) {
    const int number = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{10, 0};
    ::setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(number);
        throw std::runtime_error("no connection");
    }
    return number;
}

} // namespace

std::string answer::field(std::string_view name) const {
    for (std::size_t at = head.find("\r\n"); at != std::string::npos; at = head.find("\r\n", at)) {
        at += 2;
        const auto colon = head.find(':', at);
        const auto end = std::min(head.find("\r\n", at), head.size());
        const std::string_view found = std::string_view(head).substr(at, colon - at);
        if (colon < end && http::equal_without_case(found, name)) {
            return head.substr(colon + 2, end - colon - 2);
        }
    }
    return {};
}

tls_client::tls_client(std::uint16_t port, const std::filesystem::path& ca, const std::string& name)
    : socket_(connected_socket(port)), context_(SSL_CTX_new(TLS_client_method())) {
    std::signal(SIGPIPE, SIG_IGN);
    SSL_CTX_load_verify_locations(context_.get(), ca.c_str(), nullptr);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    stream_.reset(SSL_new(context_.get()));
    X509_VERIFY_PARAM* rules = SSL_get0_param(stream_.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
    if (X509_VERIFY_PARAM_set1_ip_asc(rules, name.c_str()) != 1) {
        SSL_set1_host(stream_.get(), name.c_str());
    }
    SSL_set_fd(stream_.get(), socket_);
    if (SSL_connect(stream_.get()) != 1) {
        ::close(socket_);
        throw std::runtime_error("the handshake failed");
    }
}

tls_client::~tls_client() {
    stream_.reset();
    ::close(socket_);
}

bool tls_client::send(std::string_view bytes) {
    return bytes.empty() ||
           SSL_write(stream_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
}

bool tls_client::fill() {
    std::array<char, 4096> piece{};
    const int count = SSL_read(stream_.get(), piece.data(), static_cast<int>(piece.size()));
    if (count > 0) {
        received_.append(piece.data(), static_cast<std::size_t>(count));
    }
    return count > 0;
}

std::optional<answer> tls_client::receive() {
    std::size_t end = received_.find("\r\n\r\n");
    for (; end == std::string::npos; end = received_.find("\r\n\r\n")) {
        if (!fill()) {
            return std::nullopt;
        }
    }
    answer got;
    got.head = received_.substr(0, end);
    got.status = std::atoi(got.head.substr(got.head.find(' ') + 1).c_str());
    const auto length = std::strtoull(got.field("Content-Length").c_str(), nullptr, 10);
    while (received_.size() < end + 4 + length) {
        if (!fill()) {
            return std::nullopt;
        }
    }
    got.body = received_.substr(end + 4, length);
    received_.erase(0, end + 4 + length);
    return got;
}

bool tls_client::ended() {
    return received_.empty() && !fill();
}

} // namespace sandbox::test
