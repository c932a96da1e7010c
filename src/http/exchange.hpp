#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/http/byte_stream.hpp"
#include "retraind/http/message.hpp"
#include "retraind/runtime/stop_signal.hpp"

namespace retraind::http {

/// How an exchange over one connection ended.
struct exchange_end {
    result<response> answer;
    bool heard = false;    ///< at least one byte of a final answer came
    bool reusable = false; ///< another request may follow on the connection
};

/// Sends a request and hears its answer, both at once: an answer that comes in the middle of the
/// body ends the sending. The connection is closed unless `reusable`. `head` is the request's head
/// as bytes. Errors: timed_out, network, protocol, cancelled (`aborting`), and the body's own.
[[nodiscard]] task<exchange_end> talk(std::shared_ptr<byte_stream> connection,
                                      const request& message, const std::string& head,
                                      const phase_limits& limits, runtime::stop_signal& aborting);

} // namespace retraind::http
