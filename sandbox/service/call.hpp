#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/http/message.hpp"
#include "sandbox/http/router.hpp"
#include "sandbox/service/refusal.hpp"
#include "sandbox/service/state.hpp"
#include "sandbox/versions.hpp"

namespace sandbox::service {

/// A request with what its path means. Lives as long as the request.
struct call {
    call(http::request& asked_, const http::route& route_);

    http::request& asked; ///< whose body goes to the one who decodes it
    const http::route& route;
    int minor = 0; ///< of the API version, for version_of()

    /// A query value; nothing where it is absent, and an empty text is a value. Well-formed UTF-8.
    [[nodiscard]] std::optional<std::string> query(std::string_view name) const;
    /// A query value that must be there: BadRequestRequiredParamIsNull.
    [[nodiscard]] result<std::string> required(std::string_view name) const;
    /// Ids, comma-separated, as repeated parameters, or both: BadRequestInvalidIds for one that is
    /// none and for more than `most`.
    [[nodiscard]] result<std::vector<std::string>> ids(std::string_view name,
                                                       std::size_t most) const;
    [[nodiscard]] result<bool> flag(std::string_view name) const; ///< false where absent
    [[nodiscard]] result<std::int64_t> integer(std::string_view name, std::int64_t otherwise) const;
    [[nodiscard]] result<std::optional<double>> number(std::string_view name) const;
};

/// The things a path names, or NotFound. With the state's guard held.
[[nodiscard]] result<project> find_project(state& in, const call& of);
[[nodiscard]] result<tag> find_tag(state& in, const call& of, std::string_view project_id);
[[nodiscard]] result<iteration> find_iteration(state& in, const call& of,
                                               std::string_view project_id);
/// The iteration of the query parameter iterationId; workspace where there is none.
[[nodiscard]] result<std::string> queried_iteration(state& in, const call& of,
                                                    std::string_view project_id);

/// The refusal of one result, for a caller that returns another type.
template <class T>
[[nodiscard]] tl::unexpected<refusal> refusal_of(const result<T>& failed) {
    return tl::make_unexpected(failed.error());
}

[[nodiscard]] http::response no_content();

} // namespace sandbox::service
