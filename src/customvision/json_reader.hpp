#pragma once

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"
#include "retraind/base/ids.hpp"
#include "retraind/customvision/media_type_rules.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace retraind::customvision {

/// The document of a body, with limits on size and depth; fails with `protocol`.
[[nodiscard]] result<boost::json::value> parse_document(std::string_view body, notation written);

/// Reads members of one object and keeps the first thing that is wrong with it, so that a decoder
/// is a list of its members. Null counts as absent. What it reads must outlive it.
///
/// A document that came as XML has only texts in it: there numbers and flags are read out of them,
/// an empty one is none, member names compare without case, and a list may be its elements
/// themselves or one element that holds them.
class json_reader {
public:
    /// For a document that is an array: only `elements` makes sense.
    explicit json_reader(notation written) : xml_(written == notation::xml) {}
    /// `where` names the object in sentences: empty at the root.
    json_reader(const boost::json::value& from, std::string where, notation written);

    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] std::string required_text(std::string_view name);
    /// Nothing where it is empty too: the service writes "" for "has none".
    [[nodiscard]] std::optional<std::string> filled_text(std::string_view name);
    [[nodiscard]] bool flag(std::string_view name);
    [[nodiscard]] double number(std::string_view name);
    [[nodiscard]] std::uint64_t count(std::string_view name);
    [[nodiscard]] std::optional<wall_time> time(std::string_view name);

    /// The members of the object under `name` that are texts; none where there is no object.
    [[nodiscard]] std::map<std::string, std::string> texts(std::string_view name);

    template <class Id>
    [[nodiscard]] std::optional<Id> id(std::string_view name) {
        const auto value = guid(name);
        return value ? std::optional(Id{*value}) : std::nullopt;
    }
    /// The nil id where there is none: only after `require`.
    template <class Id>
    [[nodiscard]] Id required_id(std::string_view name) {
        require(name);
        return id<Id>(name).value_or(Id{});
    }

    /// What `decode(json_reader&)` makes of the object under `name`; nothing where there is none.
    template <class Decode>
    [[nodiscard]] auto object(std::string_view name, Decode decode)
        -> std::optional<decltype(decode(std::declval<json_reader&>()))> {
        const boost::json::value* member = find_filled(name);
        if (member == nullptr) {
            return std::nullopt;
        }
        json_reader inner(*member, member_path(name), written());
        auto value = decode(inner);
        adopt(inner);
        return value;
    }
    /// The same of every element of the array under `name`.
    template <class Decode>
    [[nodiscard]] auto objects(std::string_view name, Decode decode)
        -> std::vector<decltype(decode(std::declval<json_reader&>()))> {
        const boost::json::value* member = find(name);
        if (member == nullptr) {
            return {};
        }
        return elements(*member, member_path(name), decode);
    }
    /// Of a document that is an array.
    template <class Decode>
    [[nodiscard]] auto elements(const boost::json::value& list, const std::string& where,
                                Decode decode)
        -> std::vector<decltype(decode(std::declval<json_reader&>()))> {
        std::vector<decltype(decode(std::declval<json_reader&>()))> values;
        const auto items = items_of(list, where);
        values.reserve(items.size());
        for (const boost::json::value* element : items) {
            json_reader inner(*element, where + '[' + std::to_string(values.size()) + ']',
                              written());
            values.push_back(decode(inner));
            adopt(inner);
        }
        return values;
    }

    void require(std::string_view name);
    [[nodiscard]] const std::optional<error>& failure() const noexcept { return failure_; }

private:
    [[nodiscard]] notation written() const noexcept {
        return xml_ ? notation::xml : notation::json;
    }
    [[nodiscard]] const boost::json::value* find(std::string_view name) const;
    /// Null too for XML's empty element, where it stands for something that is not a text.
    [[nodiscard]] const boost::json::value* find_filled(std::string_view name) const;
    [[nodiscard]] std::vector<const boost::json::value*> items_of(const boost::json::value& list,
                                                                  const std::string& where);
    [[nodiscard]] std::optional<boost::uuids::uuid> guid(std::string_view name);
    [[nodiscard]] std::optional<double> finite(std::string_view name);
    [[nodiscard]] std::string member_path(std::string_view name) const;
    void note(const std::string& where, std::string_view complaint);
    void adopt(const json_reader& inner);

    const boost::json::object* object_ = nullptr;
    std::string where_;
    bool xml_ = false;
    std::optional<error> failure_;
};

} // namespace retraind::customvision
