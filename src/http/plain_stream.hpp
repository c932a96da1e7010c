#pragma once

#include <memory>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include "retraind/http/byte_stream.hpp"

namespace retraind::http {

/// A connected socket as it is: loopback for the client, a Unix socket for the admin listener.
[[nodiscard]] std::shared_ptr<byte_stream> make_plain_stream(boost::asio::ip::tcp::socket socket);
[[nodiscard]] std::shared_ptr<byte_stream>
make_plain_stream(boost::asio::local::stream_protocol::socket socket);

} // namespace retraind::http
