#pragma once

#include <string>
#include <string_view>

#include "retraind/base/error.hpp"
#include "retraind/http/options.hpp"

namespace retraind::http {

/// Why a peer's certificate was refused, and what mends it. `code` is OpenSSL's X509_V_ERR_…;
/// `detail` is what the certificate says of itself, may be empty.
[[nodiscard]] error certificate_refusal(const endpoint& server, int code, std::string_view detail);

/// `host:port`, the host in brackets where it is an IPv6 address.
[[nodiscard]] std::string authority_of(const endpoint& server);

} // namespace retraind::http
