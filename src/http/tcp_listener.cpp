#include "http/tcp_listener.hpp"

#include <utility>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

namespace retraind::http {
namespace {

using boost::asio::ip::tcp;

std::string name_of(const tcp::endpoint& at) {
    return at.address().is_v6() ? fmt::format("[{}]:{}", at.address().to_string(), at.port())
                                : fmt::format("{}:{}", at.address().to_string(), at.port());
}

boost::system::error_code bind_and_listen(tcp::acceptor& acceptor, const tcp::endpoint& at) {
    boost::system::error_code ec;
    acceptor.open(at.protocol(), ec);
    if (!ec) {
        // Else a restart waits for the connections of the process before it to be forgotten.
        acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
    }
    if (!ec) {
        acceptor.bind(at, ec);
    }
    if (!ec) {
        acceptor.listen(boost::asio::socket_base::max_listen_connections, ec);
    }
    return ec;
}

} // namespace

tcp_listener::tcp_listener(protocol::acceptor acceptor, std::string place)
    : acceptor_(std::move(acceptor)), place_(std::move(place)) {}

result<tcp_listener> tcp_listener::open(const boost::asio::any_io_executor& loop,
                                        const std::string& address, std::uint16_t port) {
    boost::system::error_code ec;
    const auto ip = boost::asio::ip::make_address(address, ec);
    if (ec) {
        return fail(errc::invalid, address + " is not an IP address");
    }
    const tcp::endpoint wanted(ip, port);
    tcp::acceptor acceptor(loop);
    ec = bind_and_listen(acceptor, wanted);
    if (ec) {
        return tl::unexpected(from_errno(ec.value(), name_of(wanted)));
    }
    std::string place = name_of(acceptor.local_endpoint(ec));
    return tcp_listener(std::move(acceptor), std::move(place));
}

} // namespace retraind::http
