#pragma once

#include <memory>
#include <optional>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "retraind/http/byte_stream.hpp"
#include "retraind/http/options.hpp"
#include "retraind/runtime/stop_signal.hpp"

namespace retraind::http {

/// What is trusted: one for all connections. TLS 1.2 at least, the system's authorities and those
/// of `ca_file`.
class tls_trust;

/// Reads the files. Error: certificate, with the file's name.
[[nodiscard]] result<std::shared_ptr<tls_trust>>
load_tls_trust(const std::optional<std::string>& ca_file);

/// The client's handshake over a connected socket. The peer's certificate must be valid now, of a
/// trusted issuer and for the server's own name or address; else the error is `certificate`, and no
/// byte of what comes later was sent. Errors: certificate, timed_out, network, protocol, cancelled
/// (`aborting`).
[[nodiscard]] task<result<std::shared_ptr<byte_stream>>>
open_tls_stream(boost::asio::ip::tcp::socket socket, std::shared_ptr<tls_trust> trust,
                const endpoint& server, duration limit, runtime::stop_signal& aborting);

} // namespace retraind::http
