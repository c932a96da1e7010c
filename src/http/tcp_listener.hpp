#pragma once

#include <cstdint>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "retraind/base/error.hpp"

namespace retraind::http {

/// A listening TCP port.
class tcp_listener {
public:
    using protocol = boost::asio::ip::tcp;

    /// See server::listen_tcp.
    [[nodiscard]] static result<tcp_listener> open(const boost::asio::any_io_executor& loop,
                                                   const std::string& address, std::uint16_t port);

    [[nodiscard]] protocol::acceptor& acceptor() noexcept { return acceptor_; }
    [[nodiscard]] const std::string& place() const noexcept { return place_; }

private:
    tcp_listener(protocol::acceptor acceptor, std::string place);

    protocol::acceptor acceptor_;
    std::string place_;
};

} // namespace retraind::http
