#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "retraind/base/error.hpp"
#include "retraind/http/message.hpp"

namespace retraind::http {

/// Whether `bytes` hold a request's whole head, its empty line included.
[[nodiscard]] bool has_whole_head(std::string_view bytes) noexcept;

/// A request without a body out of its head. Error: protocol.
[[nodiscard]] result<request> decode_request(std::string_view head);

/// An answer as bytes, with Content-Length and Connection: close; without its body where
/// `bodiless`.
[[nodiscard]] std::string encode_answer(const response& answer, bool bodiless);

} // namespace retraind::http
