#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox::http {

/// Which of the services behind the endpoint a path belongs to.
enum class api {
    training,   ///< /customvision/{version}/training/..., asks for Training-Key
    prediction, ///< /customvision/{version}/prediction/..., asks for Prediction-Key
    storage,    ///< /blobs/{projectId}/{blob}, what image URIs lead to; asks for no key
};

/// What a method and a path mean.
struct route {
    struct parameter {
        std::string_view name; ///< as in the OpenAPI file: projectId, tagId, publishedName, ...
        std::string value;     ///< as it stood in the path; an id is not checked here
    };

    std::string_view operation; ///< operationId of the OpenAPI file, or GetBlob; static storage
    api service = api::training;
    std::string version; ///< lower case, e.g. "v3.3" or "v3.4-preview"; empty for storage
    std::vector<parameter> parameters;

    /// A path parameter's value; empty where the path has none of that name.
    [[nodiscard]] std::string_view operator[](std::string_view name) const;
};

/// The operation of a method and a percent-decoded path without query; nothing where the gateway
/// knows none, in that API version, for that method. Case does not matter outside of parameters,
/// and empty segments (a doubled or trailing slash) are passed over. PUT on images/files and
/// images/urls is taken as POST.
[[nodiscard]] std::optional<route> find_route(std::string_view method, std::string_view path);

/// Whether an operation fetches from addresses that its caller names. They may be this server's
/// own, whose answers must not wait for it.
[[nodiscard]] bool fetches(const route& asked);

/// Whether an operation of exactly that name exists.
[[nodiscard]] bool is_operation(std::string_view name);

} // namespace sandbox::http
