#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/body_types.hpp"

/// application/x-www-form-urlencoded in the shape of CONTRACT.md section 7: the keys of ASP.NET's
/// model binder, and jQuery's, which it turns into its own.
namespace sandbox::service {

/// A step of a key: a member's name, or what stood in brackets and began with a digit.
struct key_step {
    std::string name;
    bool is_index = false;

    friend bool operator==(const key_step&, const key_step&) = default;
};

/// A percent-decoded key, taken apart: `x[]` is x, `x[field]` and `x.field` are x and field,
/// `x[12]` is x and the index 12. Nothing where a bracket is not closed, which spoils the body.
[[nodiscard]] std::optional<std::vector<key_step>> split_key(std::string_view key);

/// The document of a form. Member names compare without case; of values of the same key the last
/// counts, but in a list they are its items. Items with an index come in its order and end before
/// the first index that is missing; those without follow. A map's entries are `map[key]=value`, or
/// `map[0].Key=key&map[0].Value=value`; where the body is itself the map, `key=value`. Unknown keys
/// are passed over. Nothing for what is no UTF-8.
[[nodiscard]] std::optional<boost::json::value> read_form(std::string_view body,
                                                          const body_type& as);

} // namespace sandbox::service
