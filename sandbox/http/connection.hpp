#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/uuid/random_generator.hpp>

#include "sandbox/http/server.hpp"

namespace sandbox::http {

/// What all connections of a server share; loop only, but for `perform` on the pools. Outlives
/// them.
struct shared_state {
    gateway gate;
    fault_store faults;
    std::function<void(std::string_view)> log;
    boost::asio::thread_pool& pool;
    boost::asio::thread_pool& fetching_pool; ///< for operations that wait for other servers
    handler perform;
    boost::uuids::random_generator ids;
    bool stopping = false;
};

/// A connection from its first byte to its last; loop only.
class connection {
public:
    virtual ~connection() = default;

    /// Serves requests until either side has enough. The connection outlives the call.
    [[nodiscard]] virtual boost::asio::awaitable<void> serve() = 0;
    /// Ends it now where it waits for a request, else after the answer under way.
    virtual void finish() = 0;
};

/// `tls` is null for plain HTTP.
[[nodiscard]] std::shared_ptr<connection> make_connection(boost::asio::ip::tcp::socket socket,
                                                          shared_state& shared,
                                                          boost::asio::ssl::context* tls);

} // namespace sandbox::http
