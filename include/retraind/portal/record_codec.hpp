#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/error.hpp"
#include "retraind/base/ids.hpp"

namespace retraind::portal {

/// One of the service's objects (Project, Tag, Iteration, Domain), for people to read. A member
/// that is absent, null or of another type is empty: what is shown must not fail on a new version.
/// A copy is a whole copy; pure.
class record {
public:
    record() = default;
    explicit record(boost::json::object object) : object_(std::move(object)) {}

    /// Texts as they are, numbers and booleans as they are written.
    [[nodiscard]] std::string text(std::string_view name) const;
    /// A member of the object that the member `outer` is.
    [[nodiscard]] std::string text(std::string_view outer, std::string_view name) const;
    [[nodiscard]] std::uint64_t count(std::string_view name) const;
    [[nodiscard]] std::optional<double> number(std::string_view name) const;
    [[nodiscard]] bool flag(std::string_view name) const;
    /// `2026-11-25 18:50`, UTC; empty where there is none.
    [[nodiscard]] std::string minute(std::string_view name) const;
    /// The objects of the array under `name`.
    [[nodiscard]] std::vector<record> records(std::string_view name) const;

    [[nodiscard]] std::string name() const { return text("name"); }
    [[nodiscard]] std::string id_text() const { return text("id"); }
    /// The nil id where it is none, which `parse_records` refuses.
    template <class Id>
    [[nodiscard]] Id id() const {
        return parse_id<Id>(id_text()).value_or(Id{});
    }

private:
    [[nodiscard]] const boost::json::value* find(std::string_view name) const;

    boost::json::object object_;
};

/// The objects of an array, each with a GUID as its id. The error names what is not.
[[nodiscard]] result<std::vector<record>> parse_records(std::string_view json);
[[nodiscard]] result<record> parse_record(std::string_view json);

/// The same JSON on one line: white space between its tokens is left out, all else stays as the
/// service wrote it, numbers to the digit.
[[nodiscard]] std::string on_one_line(std::string_view json);

} // namespace retraind::portal
