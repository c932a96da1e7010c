#include "http/plain_stream.hpp"

#include "http/basic_stream.hpp"

namespace retraind::http {

std::shared_ptr<byte_stream> make_plain_stream(boost::asio::ip::tcp::socket socket) {
    return std::make_shared<basic_stream<boost::asio::ip::tcp::socket>>(std::move(socket));
}

std::shared_ptr<byte_stream> make_plain_stream(boost::asio::local::stream_protocol::socket socket) {
    using stream = basic_stream<boost::asio::local::stream_protocol::socket>;
    return std::make_shared<stream>(std::move(socket));
}

} // namespace retraind::http
