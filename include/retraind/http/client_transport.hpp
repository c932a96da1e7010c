#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/http/options.hpp"
#include "retraind/http/transport.hpp"

namespace retraind::http {

/// The connections to one server that are kept alive, for all transports over them. Loop only.
class connections;

/// `ca_file` is read at the first connection; where it cannot be, that is a `certificate` error and
/// it is read again at the next. `time` outlives what is made here.
[[nodiscard]] std::shared_ptr<connections>
make_connections(boost::asio::any_io_executor loop, client_options options, const clock& time);

/// The transport over TLS (or plain TCP, for loopback) with a pool of connections that are kept
/// alive. Everything happens on the loop, but for the name look-up, which is Asio's own thread.
///
/// It makes one attempt, with one exception: a request without a body whose method is GET or HEAD,
/// sent on a kept connection that turns out to be closed before a byte of the answer came, goes out
/// once more on a new one. The peer closes idle connections when it likes; before anything else is
/// sent, a kept connection is looked at, which leaves that race only a moment.
///
/// Several transports may share connections; `abort` ends the exchanges of its own transport and
/// closes idle connections. The transport outlives its exchanges.
[[nodiscard]] std::unique_ptr<transport> make_transport(std::shared_ptr<connections> over);

/// A transport with connections of its own.
[[nodiscard]] std::unique_ptr<transport> make_transport(boost::asio::any_io_executor loop,
                                                        client_options options, const clock& time);

} // namespace retraind::http
