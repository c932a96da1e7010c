#pragma once

#include <compare>
#include <string>
#include <string_view>

#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_hash.hpp>

#include "retraind/base/error.hpp"

namespace retraind {

/// A GUID of the service that cannot be mistaken for one of another kind.
template <class Kind>
struct service_id {
    boost::uuids::uuid value{};

    bool operator==(const service_id&) const = default;
    bool operator<(const service_id& other) const { return value < other.value; }
};

using project_id = service_id<struct project_kind>;
using tag_id = service_id<struct tag_kind>;
using image_id = service_id<struct image_kind>;
using iteration_id = service_id<struct iteration_kind>;
using domain_id = service_id<struct domain_kind>;

/// Lower case with dashes, as the service writes them.
[[nodiscard]] std::string to_string(const boost::uuids::uuid& value);
[[nodiscard]] result<boost::uuids::uuid> parse_guid(std::string_view text);

template <class Kind>
[[nodiscard]] std::string to_string(const service_id<Kind>& id) {
    return to_string(id.value);
}

template <class Id>
[[nodiscard]] result<Id> parse_id(std::string_view text) {
    return parse_guid(text).map([](const boost::uuids::uuid& value) { return Id{value}; });
}

} // namespace retraind

template <class Kind>
struct std::hash<retraind::service_id<Kind>> {
    std::size_t operator()(const retraind::service_id<Kind>& id) const noexcept {
        return boost::uuids::hash_value(id.value);
    }
};
