#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "reader.hpp"
#include "retraind/base/clock.hpp"
#include "shape.hpp"

namespace retraind::config {

/// The kinds of value a key can take: `type` says them to people, `schema` to machines, and `read`
/// gives nothing after it has said what is wrong.

/// The text of a scalar, whatever it looks like to YAML; nothing (and said) for lists and blocks.
[[nodiscard]] std::optional<std::string> scalar(reader& in, const YAML::Node& node,
                                                std::string_view type);

struct text_value {
    [[nodiscard]] static std::string type() { return "text"; }
    [[nodiscard]] static boost::json::object schema() { return schema::text(); }
    [[nodiscard]] std::optional<std::string> read(reader& in, const YAML::Node& node) const;
};

/// Text into an optional member.
struct optional_text_value {
    [[nodiscard]] static std::string type() { return "text"; }
    [[nodiscard]] static boost::json::object schema() { return schema::text(); }
    [[nodiscard]] std::optional<std::optional<std::string>> read(reader& in,
                                                                 const YAML::Node& node) const;
};

/// A path, made absolute below the configuration's folder.
struct path_value {
    [[nodiscard]] static std::string type() { return "path"; }
    [[nodiscard]] static boost::json::object schema() { return schema::text(); }
    [[nodiscard]] std::optional<std::string> read(reader& in, const YAML::Node& node) const;
};

struct optional_path_value {
    [[nodiscard]] static std::string type() { return "path"; }
    [[nodiscard]] static boost::json::object schema() { return schema::text(); }
    [[nodiscard]] std::optional<std::optional<std::string>> read(reader& in,
                                                                 const YAML::Node& node) const;
};

struct duration_value {
    duration least{0};
    [[nodiscard]] static std::string type() { return "duration"; }
    [[nodiscard]] static boost::json::object schema();
    [[nodiscard]] std::optional<duration> read(reader& in, const YAML::Node& node) const;
};

struct bytes_value {
    std::uint64_t least = 1;
    std::uint64_t most = std::uint64_t{1} << 40;
    [[nodiscard]] static std::string type() { return "number of bytes"; }
    [[nodiscard]] boost::json::object schema() const;
    [[nodiscard]] std::optional<std::uint64_t> read(reader& in, const YAML::Node& node) const;
};

struct flag_value {
    [[nodiscard]] static std::string type() { return "true or false"; }
    [[nodiscard]] static boost::json::object schema();
    [[nodiscard]] std::optional<bool> read(reader& in, const YAML::Node& node) const;
};

struct number_value {
    double least;
    double most;
    [[nodiscard]] std::string type() const {
        return fmt::format("number from {:g} to {:g}", least, most);
    }
    [[nodiscard]] boost::json::object schema() const;
    [[nodiscard]] std::optional<double> read(reader& in, const YAML::Node& node) const;
};

[[nodiscard]] std::optional<std::uint64_t> read_count(reader& in, const YAML::Node& node,
                                                      std::uint64_t least, std::uint64_t most);

[[nodiscard]] boost::json::object count_schema(std::uint64_t least, std::uint64_t most);

template <class Number>
struct count_value {
    std::uint64_t least;
    std::uint64_t most;
    [[nodiscard]] std::string type() const {
        return fmt::format("whole number from {} to {}", least, most);
    }
    [[nodiscard]] boost::json::object schema() const { return count_schema(least, most); }
    [[nodiscard]] std::optional<Number> read(reader& in, const YAML::Node& node) const {
        const auto number = read_count(in, node, least, most);
        return number ? std::optional(static_cast<Number>(*number)) : std::nullopt;
    }
};

[[nodiscard]] std::optional<std::size_t> read_choice(reader& in, const YAML::Node& node,
                                                     const std::vector<std::string_view>& words);

/// One of some words, each standing for a value.
template <class Value>
struct choice_value {
    std::vector<std::pair<std::string_view, Value>> choices;

    [[nodiscard]] std::vector<std::string_view> words() const {
        std::vector<std::string_view> all;
        all.reserve(choices.size());
        for (const auto& choice : choices) {
            all.push_back(choice.first);
        }
        return all;
    }
    [[nodiscard]] std::string type() const {
        return fmt::format("one of {}", fmt::join(words(), ", "));
    }
    [[nodiscard]] boost::json::object schema() const { return schema::words(words()); }
    [[nodiscard]] std::optional<Value> read(reader& in, const YAML::Node& node) const {
        const auto chosen = read_choice(in, node, words());
        return chosen ? std::optional(choices[*chosen].second) : std::nullopt;
    }
};

/// A list of texts, none of them empty.
struct text_list_value {
    [[nodiscard]] static std::string type() { return "list of text"; }
    [[nodiscard]] static boost::json::object schema() { return schema::list_of(schema::text()); }
    [[nodiscard]] std::optional<std::vector<std::string>> read(reader& in,
                                                               const YAML::Node& node) const;
};

} // namespace retraind::config
