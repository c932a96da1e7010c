#include "sandbox/http/fault_codec.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "sandbox/http/gateway_answers.hpp"
#include "sandbox/http/router.hpp"

namespace sandbox::http {

namespace {

namespace json = boost::json;

constexpr std::uint64_t highest_count = 1'000'000'000'000;
constexpr std::uint64_t highest_delay_ms = 3'600'000;

/// Thrown inside this file only: the first error ends the reading.
struct wrong : std::runtime_error {
    using std::runtime_error::runtime_error;
};

constexpr auto actions =
    std::to_array<std::string_view>({"status", "early_status", "close", "delay_ms",
                                     "delay_answer_ms", "image_status", "read_bytes_per_second"});

constexpr auto cut_points = std::to_array<std::pair<std::string_view, cut_point>>(
    {{"before_body", cut_point::before_body},
     {"mid_body", cut_point::mid_body},
     {"after_body_before_answer", cut_point::after_body_before_answer},
     {"after_handling", cut_point::after_handling}});

const json::object& as_object(const json::value& value, std::string_view what) {
    if (!value.is_object()) {
        throw wrong(fmt::format("{} must be an object", what));
    }
    return value.get_object();
}

std::string as_string(const json::value& value, std::string_view what) {
    if (!value.is_string()) {
        throw wrong(fmt::format("{} must be a string", what));
    }
    return std::string(value.get_string());
}

std::uint64_t as_number(const json::value& value, std::string_view what, std::uint64_t least,
                        std::uint64_t most) {
    boost::system::error_code bad;
    const auto number = value.is_number() ? value.to_number<std::uint64_t>(bad) : 0;
    if (!value.is_number() || bad || number < least || number > most) {
        throw wrong(fmt::format("{} must be a whole number from {} to {}", what, least, most));
    }
    return number;
}

std::uint64_t number_or(const json::object& rule, std::string_view key, std::uint64_t otherwise,
                        std::uint64_t most) {
    const auto* value = rule.if_contains(key);
    return value == nullptr ? otherwise : as_number(*value, key, 0, most);
}

bool is_token(std::string_view name) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               marks.find(c) != std::string_view::npos;
    });
}

std::vector<header_field> headers_of(const json::value& value) {
    std::vector<header_field> fields;
    for (const auto& [name, text] : as_object(value, "headers")) {
        std::string content = as_string(text, fmt::format("headers.{}", std::string_view(name)));
        if (!is_token(name) || content.find_first_of(std::string("\r\n\0", 3)) != content.npos) {
            throw wrong(fmt::format("headers.{} is no header field", std::string_view(name)));
        }
        fields.push_back({std::string(name), std::move(content)});
    }
    return fields;
}

answer_fault answer_of(const json::object& rule, std::string_view key) {
    answer_fault answer;
    answer.status = static_cast<unsigned>(as_number(rule.at(key), key, 200, 599));
    answer.early = key == "early_status";
    if (const auto* headers = rule.if_contains("headers")) {
        answer.headers = headers_of(*headers);
    }
    if (const auto* body = rule.if_contains("body")) {
        const bool text = body->is_string();
        answer.body = text ? std::string(body->get_string()) : json::serialize(*body);
        answer.content_type = text ? "text/plain" : json_content_type;
    }
    return answer;
}

cut_fault cut_of(const json::value& value) {
    const std::string where = as_string(value, "close");
    const auto found = std::find_if(cut_points.begin(), cut_points.end(),
                                    [&](const auto& known) { return known.first == where; });
    if (found == cut_points.end()) {
        throw wrong(fmt::format("close is \"{}\"; use before_body, mid_body, "
                                "after_body_before_answer or after_handling",
                                where));
    }
    return {found->second};
}

image_fault images_of(const json::value& value) {
    image_fault images;
    for (const auto& [name, status] : as_object(value, "image_status")) {
        images.statuses.emplace_back(std::string(name), as_string(status, "image_status"));
    }
    if (images.statuses.empty()) {
        throw wrong("image_status names no image");
    }
    return images;
}

fault action_of(const json::object& rule, std::string_view key) {
    if (key == "status" || key == "early_status") {
        return answer_of(rule, key);
    }
    if (key == "close") {
        return cut_of(rule.at(key));
    }
    if (key == "image_status") {
        return images_of(rule.at(key));
    }
    if (key == "read_bytes_per_second") {
        return slow_fault{as_number(rule.at(key), key, 1, highest_count)};
    }
    return delay_fault{
        std::chrono::milliseconds(number_or(rule, "delay_ms", 0, highest_delay_ms)),
        std::chrono::milliseconds(number_or(rule, "delay_answer_ms", 0, highest_delay_ms))};
}

/// The one action of a rule. The two delays are one.
std::string_view action_key(const json::object& rule) {
    std::string_view chosen;
    for (const std::string_view key : actions) {
        if (!rule.contains(key)) {
            continue;
        }
        const bool both_delays = chosen == "delay_ms" && key == "delay_answer_ms";
        if (!chosen.empty() && !both_delays) {
            throw wrong(fmt::format("{} and {} exclude each other", chosen, key));
        }
        chosen = both_delays ? chosen : key;
    }
    if (chosen.empty()) {
        throw wrong(fmt::format("it does nothing; it needs one of {}", fmt::join(actions, ", ")));
    }
    return chosen;
}

bool is_rule_key(std::string_view key, bool answers) {
    if (key == "headers" || key == "body") {
        return answers;
    }
    return key == "operation" || key == "skip" || key == "times" ||
           std::find(actions.begin(), actions.end(), key) != actions.end();
}

void check_keys(const json::object& rule, std::string_view action) {
    const bool answers = action == "status" || action == "early_status";
    for (const auto& field : rule) {
        if (!is_rule_key(field.key(), answers)) {
            throw wrong(fmt::format("\"{}\" is not known here", std::string_view(field.key())));
        }
    }
}

fault_rule rule_of(const json::value& value) {
    const json::object& object = as_object(value, "it");
    const std::string_view action = action_key(object);
    check_keys(object, action);
    const auto* operation = object.if_contains("operation");
    if (operation == nullptr) {
        throw wrong("operation is missing; name one, or \"*\" for every one");
    }
    fault_rule rule;
    rule.operation = as_string(*operation, "operation");
    if (rule.operation != "*" && !is_operation(rule.operation)) {
        throw wrong(fmt::format("there is no operation \"{}\"", rule.operation));
    }
    rule.skip = number_or(object, "skip", 0, highest_count);
    if (const auto* times = object.if_contains("times")) {
        rule.times = as_number(*times, "times", 1, highest_count);
    }
    rule.action = action_of(object, action);
    return rule;
}

std::vector<fault_rule> rules_of(const json::value& value) {
    if (!value.is_array()) {
        throw wrong("rules must be an array");
    }
    std::vector<fault_rule> rules;
    for (const json::value& rule : value.get_array()) {
        try {
            rules.push_back(rule_of(rule));
        } catch (const wrong& error) {
            throw wrong(fmt::format("rules[{}]: {}", rules.size(), error.what()));
        }
    }
    return rules;
}

fault_rules file_of(const json::value& value) {
    fault_rules file;
    for (const auto& field : as_object(value, "the file")) {
        if (field.key() == "request_bytes") {
            file.request_bytes = as_number(field.value(), "request_bytes", 1, highest_count);
        } else if (field.key() == "rules") {
            file.rules = rules_of(field.value());
        } else {
            throw wrong(fmt::format("\"{}\" is not known; use request_bytes and rules",
                                    std::string_view(field.key())));
        }
    }
    return file;
}

} // namespace

tl::expected<fault_rules, std::string> parse_faults(std::string_view text) {
    boost::system::error_code bad;
    const json::value value = json::parse(text, bad);
    if (bad) {
        return tl::unexpected(fmt::format("it is not JSON: {}", bad.message()));
    }
    try {
        return file_of(value);
    } catch (const wrong& error) {
        return tl::unexpected(std::string(error.what()));
    }
}

} // namespace sandbox::http
