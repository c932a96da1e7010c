#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/http/byte_stream.hpp"
#include "retraind/http/message.hpp"
#include "retraind/http/options.hpp"
#include "retraind/runtime/stop_signal.hpp"

namespace retraind::http {

class tls_trust;

/// Opens connections to one server: resolve, connect to the first of its addresses that answers,
/// handshake. Loop only.
class connector {
public:
    connector(boost::asio::any_io_executor loop, client_options options);

    /// Errors: timed_out, network, certificate, protocol, cancelled (`aborting`); each names what
    /// was being done.
    [[nodiscard]] task<result<std::shared_ptr<byte_stream>>> open(const phase_limits& limits,
                                                                  runtime::stop_signal& aborting);

private:
    [[nodiscard]] result<std::shared_ptr<tls_trust>> trust();

    boost::asio::any_io_executor loop_;
    client_options options_;
    std::shared_ptr<tls_trust> trust_;
};

} // namespace retraind::http
