#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>

#include "sandbox/http/message.hpp"
#include "sandbox/service/refusal.hpp"

/// Between bodies and documents: the one place that knows media types. A document is a JSON value
/// whatever the body's notation.
namespace sandbox::service {

namespace json = boost::json;

/// The document of a request body in JSON, XML or as a form, the same in all of them: the types
/// that the latter two do not say are those of the operation that method and path stand for. The
/// body is taken out of the request, so that it is not in memory beside its document for longer
/// than it takes. UnsupportedMediaType for another media type; null for an empty body and, as the
/// service's binder has it, for one that does not parse.
[[nodiscard]] result<json::value> decode_body(http::request& asked);

/// JSON text as the service writes it: compact, members in the order given, floating-point numbers
/// with a decimal point and seven or, where these are not the same float, nine digits (`1.0`,
/// `0.164848924`, `1.1920929E-07`).
[[nodiscard]] std::string json_text(const json::value& document);

/// 200 with a document in the service's notation.
[[nodiscard]] http::response json_response(unsigned status, const json::value& document);

/// A member of an object, its name compared without case as the service's binder does; nullptr
/// where there is none, where it is null, or where `document` is no object.
[[nodiscard]] const json::value* member(const json::value& document, std::string_view name);
[[nodiscard]] json::value* member(json::value& document, std::string_view name);

/// A member that is a string; nullptr for anything else.
[[nodiscard]] const json::string* string_member(const json::value& document, std::string_view name);

/// UnsupportedMediaType with the stock sentence of the service's framework.
[[nodiscard]] tl::unexpected<refusal> unsupported_media_type(const http::request& asked);

/// Whether the Content-Type, its parameters aside, is `wanted`.
[[nodiscard]] bool has_media_type(const http::request& asked, std::string_view wanted);

} // namespace sandbox::service
