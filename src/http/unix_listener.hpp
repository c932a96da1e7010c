#pragma once

#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <sys/types.h>

#include "retraind/base/error.hpp"

namespace retraind::http {

/// A listening Unix socket and its file, which goes with it.
class unix_listener {
public:
    using protocol = boost::asio::local::stream_protocol;

    /// See server::listen.
    [[nodiscard]] static result<unix_listener> open(const boost::asio::any_io_executor& loop,
                                                    std::string path);
    ~unix_listener();
    unix_listener(unix_listener&& other) noexcept;
    unix_listener& operator=(unix_listener&&) = delete;
    unix_listener(const unix_listener&) = delete;
    unix_listener& operator=(const unix_listener&) = delete;

    [[nodiscard]] protocol::acceptor& acceptor() noexcept { return acceptor_; }
    [[nodiscard]] std::string place() const { return "unix:" + path_; }

private:
    unix_listener(boost::asio::local::stream_protocol::acceptor acceptor, std::string path);

    boost::asio::local::stream_protocol::acceptor acceptor_;
    std::string path_; ///< empty once moved from
    dev_t device_ = 0;
    ino_t inode_ = 0;
};

} // namespace retraind::http
