#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sandbox::http {

/// One header field as it came or goes; names compare without case.
struct header_field {
    std::string name;
    std::string value;
};

/// A request, whole, as the service sees it. Transport details (TLS, keep-alive) are gone by now.
struct request {
    std::string method;                                     ///< upper case, e.g. "POST"
    std::string path;                                       ///< percent-decoded, without the query
    std::vector<std::pair<std::string, std::string>> query; ///< percent-decoded, in order
    std::vector<header_field> headers;
    std::string body;
    /// Image name pattern (`*` and `?`) and the per-image status that a faults file wants for it;
    /// the first that matches counts. Empty without such a fault.
    std::vector<std::pair<std::string, std::string>> image_status_faults;

    /// The first header of that name, case ignored; empty where there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    /// The first query value of that name, case ignored; nullptr where there is none.
    [[nodiscard]] const std::string* query_value(std::string_view name) const;
};

/// An answer. Content-Length, Date, apim-request-id and the other headers that every real answer
/// carries are added by the server.
struct response {
    unsigned status = 200;
    std::string reason;                ///< empty: the standard phrase
    std::vector<header_field> headers; ///< beyond the common ones
    std::string content_type;          ///< empty: no Content-Type is sent
    std::string body;
};

/// ASCII case ignored, as header names, paths and query names compare here.
[[nodiscard]] bool equal_without_case(std::string_view left, std::string_view right) noexcept;

} // namespace sandbox::http
