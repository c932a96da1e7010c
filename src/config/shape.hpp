#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "retraind/config/reference.hpp"

namespace retraind::config {

/// What a key takes: a phrase for people and a JSON Schema for machines.
struct shape {
    /// A phrase alone is not enough for a row of the table: a test says which one lacks its schema.
    shape(std::string words) // NOLINT(google-explicit-constructor): the phrase is the lesser part
        : phrase(std::move(words)) {}
    shape(const char* words) // NOLINT(google-explicit-constructor)
        : phrase(words) {}
    shape(std::string words, boost::json::object of_value)
        : phrase(std::move(words)), value(std::move(of_value)) {}

    std::string phrase;
    boost::json::object value;
    std::function<std::vector<described_key>()> keys; ///< of the block that it may be
    bool list = false;
    boost::json::object block_rules;
};

/// What a kind of values.hpp takes.
template <class Kind>
shape shape_of(const Kind& kind) {
    return {kind.type(), kind.schema()};
}

/// Schemas of values.
namespace schema {
/// Whatever YAML takes a scalar for, the parser reads it as text.
[[nodiscard]] boost::json::object text();
[[nodiscard]] boost::json::object matching(std::string_view pattern); ///< ECMA 262
[[nodiscard]] boost::json::object words(const std::vector<std::string_view>& all);
[[nodiscard]] boost::json::object list_of(boost::json::object element);
[[nodiscard]] boost::json::object any_of(std::initializer_list<boost::json::object> all);
} // namespace schema

} // namespace retraind::config
