#pragma once

#include <span>
#include <string_view>

/// The types of request bodies and answers, as the OpenAPI files have them. JSON says them itself;
/// XML and forms are text, and a list of one looks like its only element, so their readers ask
/// here.
namespace sandbox::service {

struct body_member;

/// The type of a body or of a part of one.
struct body_type {
    enum class form {
        text,  ///< a string, a GUID or a word of an enumeration
        bytes, ///< base64
        number,
        boolean,
        object, ///< of `members`
        list,   ///< of `item`
        map,    ///< from any name to `item`, which is no list, object or map
    };

    form is = form::text;
    std::string_view schema = {};              ///< an object's name in the OpenAPI files
    std::span<const body_member> members = {}; ///< names compare without case
    const body_type* item = nullptr;

    /// An object's member; nullptr where it has none of that name.
    [[nodiscard]] const body_member* find(std::string_view name) const;
};

struct body_member {
    std::string_view name;
    const body_type* type = nullptr;
};

/// What an operation of that name takes as its body; nullptr where it takes no document.
[[nodiscard]] const body_type* body_type_of(std::string_view operation);

/// The root element of an operation's answer: its schema's name, ArrayOf and that of its elements'
/// schema, `boolean` or `int`. Empty where it answers with no document.
[[nodiscard]] std::string_view answer_root_of(std::string_view operation);

} // namespace sandbox::service
