#include "values.hpp"

#include <charconv>
#include <cmath>

#include "retraind/base/units.hpp"

namespace retraind::config {

std::optional<std::string> scalar(reader& in, const YAML::Node& node, std::string_view type) {
    if (!node.IsScalar()) {
        in.wrong(node,
                 fmt::format("is a {}; it takes {}", node.IsSequence() ? "list" : "block", type));
        return std::nullopt;
    }
    return node.Scalar();
}

std::optional<std::string> text_value::read(reader& in, const YAML::Node& node) const {
    auto text = scalar(in, node, type());
    if (text && text->empty()) {
        in.wrong(node, "is empty");
        return std::nullopt;
    }
    return text;
}

std::optional<std::optional<std::string>> optional_text_value::read(reader& in,
                                                                    const YAML::Node& node) const {
    return text_value().read(in, node);
}

std::optional<std::string> path_value::read(reader& in, const YAML::Node& node) const {
    const auto text = text_value().read(in, node);
    if (!text) {
        return std::nullopt;
    }
    if (text->find('\0') != std::string::npos) {
        in.wrong(node, "has a NUL character, which no path has");
        return std::nullopt;
    }
    return in.absolute(*text);
}

std::optional<std::optional<std::string>> optional_path_value::read(reader& in,
                                                                    const YAML::Node& node) const {
    return path_value().read(in, node);
}

std::optional<duration> duration_value::read(reader& in, const YAML::Node& node) const {
    const auto text = scalar(in, node, type());
    if (!text) {
        return std::nullopt;
    }
    const auto span = parse_duration(*text);
    if (!span) {
        in.wrong(node, span.error().message);
        return std::nullopt;
    }
    if (*span < least) {
        in.wrong(node, fmt::format("{} is too short; at least {}", *text, format_duration(least)));
        return std::nullopt;
    }
    return *span;
}

std::optional<std::uint64_t> bytes_value::read(reader& in, const YAML::Node& node) const {
    const auto text = scalar(in, node, type());
    if (!text) {
        return std::nullopt;
    }
    const auto bytes = parse_bytes(*text);
    if (!bytes) {
        in.wrong(node, bytes.error().message);
        return std::nullopt;
    }
    if (*bytes < least || *bytes > most) {
        in.wrong(node, fmt::format("{} is not from {} to {}", *text, format_bytes(least),
                                   format_bytes(most)));
        return std::nullopt;
    }
    return *bytes;
}

boost::json::object duration_value::schema() {
    boost::json::object zero;
    zero["const"] = 0;
    return schema::any_of(
        {schema::matching(R"(^(0|(([0-9]+\.?[0-9]*|\.[0-9]+)(ms|s|m|h|d))+)$)"), zero});
}

boost::json::object bytes_value::schema() const {
    return schema::any_of(
        {count_schema(least, most),
         schema::matching(R"(^([0-9]+\.?[0-9]*|\.[0-9]+)(B|kB|MB|GB|KiB|MiB|GiB)$)")});
}

boost::json::object flag_value::schema() {
    boost::json::object made;
    made["type"] = "boolean";
    return made;
}

boost::json::object number_value::schema() const {
    boost::json::object made;
    made["type"] = "number";
    made["minimum"] = least;
    made["maximum"] = most;
    return made;
}

boost::json::object count_schema(std::uint64_t least, std::uint64_t most) {
    boost::json::object made;
    made["type"] = "integer";
    made["minimum"] = least;
    made["maximum"] = most;
    return made;
}

std::optional<bool> flag_value::read(reader& in, const YAML::Node& node) const {
    const auto text = scalar(in, node, type());
    if (text && *text != "true" && *text != "false") {
        in.wrong(node, fmt::format("\"{}\" is neither true nor false", *text));
        return std::nullopt;
    }
    return text ? std::optional(*text == "true") : std::nullopt;
}

std::optional<double> number_value::read(reader& in, const YAML::Node& node) const {
    const auto text = scalar(in, node, type());
    if (!text) {
        return std::nullopt;
    }
    double number = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (code != std::errc() || end != text->data() + text->size() || !std::isfinite(number) ||
        number < least || number > most) {
        in.wrong(node, fmt::format("\"{}\" is not a {}", *text, type()));
        return std::nullopt;
    }
    return number;
}

std::optional<std::uint64_t> read_count(reader& in, const YAML::Node& node, std::uint64_t least,
                                        std::uint64_t most) {
    const std::string type = fmt::format("whole number from {} to {}", least, most);
    const auto text = scalar(in, node, type);
    if (!text) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (code != std::errc() || end != text->data() + text->size() || number < least ||
        number > most) {
        in.wrong(node, fmt::format("\"{}\" is not a {}", *text, type));
        return std::nullopt;
    }
    return number;
}

std::optional<std::size_t> read_choice(reader& in, const YAML::Node& node,
                                       const std::vector<std::string_view>& words) {
    const auto text = scalar(in, node, fmt::format("one of {}", fmt::join(words, ", ")));
    if (!text) {
        return std::nullopt;
    }
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at] == *text) {
            return at;
        }
    }
    const std::string_view meant = nearest(*text, words);
    in.wrong(node, meant.empty()
                       ? fmt::format("\"{}\" is not one of {}", *text, fmt::join(words, ", "))
                       : fmt::format("\"{}\" is not one of {}; did you mean {}?", *text,
                                     fmt::join(words, ", "), meant));
    return std::nullopt;
}

std::optional<std::vector<std::string>> text_list_value::read(reader& in,
                                                              const YAML::Node& node) const {
    if (!node.IsSequence()) {
        in.wrong(node, "is not a list; write [\"one\", \"two\"]");
        return std::nullopt;
    }
    std::vector<std::string> texts;
    for (std::size_t at = 0; at < node.size(); ++at) {
        const reader::scope inside(in, at);
        if (auto text = text_value().read(in, node[at])) {
            texts.push_back(std::move(*text));
        }
    }
    return texts.size() == node.size() ? std::optional(texts) : std::nullopt;
}

} // namespace retraind::config
