#pragma once

#include "retraind/customvision/media_type_rules.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace retraind::customvision {

/// Documents in the three notations of request bodies, in this one place. The shapes of XML and
/// forms are what CONTRACT.md section 7 argues for, inferred and never seen on the wire:
///
/// XML as OpenAPI 2.0 means it where nothing is said, and as the one published sample has it: the
/// root is the schema's name, there is no namespace, a list is its element repeated, members are in
/// the schema's order. Null and an empty list are no element.
///
/// Forms with the keys of ASP.NET's model binder, `images[0].tagIds[1]`: its jQuery formatter turns
/// the bracket form into them, so the binder takes them with and without it. A map is a list of
/// Key and Value there, because a key with a dot or a bracket would be taken for a path. Keys are
/// percent-encoded like values.

/// The members of an object as they follow other members: `,"a":1`, `<a>1</a>`, `&a=1`. `within`
/// is the path of the object in a form, percent-encoded; empty at the root. Pure.
[[nodiscard]] std::string write_members(const boost::json::object& members, notation as,
                                        std::string_view within = {});

/// A whole body. `root` is the schema's name. Pure.
[[nodiscard]] std::string write_document(std::string_view root, const boost::json::object& document,
                                         notation as);

/// A path's step into a list, in a form: `images%5B0%5D`. Pure.
[[nodiscard]] std::string form_item(std::string_view list, std::size_t index);

} // namespace retraind::customvision
