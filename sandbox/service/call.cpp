#include "sandbox/service/call.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "sandbox/service/guid.hpp"
#include "sandbox/service/text_list.hpp"
#include "sandbox/service/utf8.hpp"

namespace sandbox::service {

namespace {

tl::unexpected<refusal> invalid(std::string_view name) {
    return refuse("BadRequest", fmt::format("Invalid value for parameter {}", name));
}

template <class Number>
std::optional<Number> parse(std::string_view text) {
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failed == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

} // namespace

call::call(http::request& asked_, const http::route& route_)
    : asked(asked_), route(route_), minor(version_of(route_.version).minor) {}

std::optional<std::string> call::query(std::string_view name) const {
    const std::string* value = asked.query_value(name);
    return value == nullptr ? std::nullopt : std::optional(to_utf8(*value));
}

result<std::string> call::required(std::string_view name) const {
    if (auto value = query(name)) {
        return *value;
    }
    return refuse("BadRequestRequiredParamIsNull", fmt::format("Parameter {} is required", name));
}

result<std::vector<std::string>> call::ids(std::string_view name, std::size_t most) const {
    std::vector<std::string> found;
    for (const auto& [key, value] : asked.query) {
        if (!http::equal_without_case(key, name)) {
            continue;
        }
        for (const std::string& part : split_list(value)) {
            auto id = parse_guid(part);
            if (!id) {
                return refuse("BadRequestInvalidIds", fmt::format("Invalid ids in {}", name));
            }
            found.push_back(std::move(*id));
        }
    }
    if (found.size() > most) {
        return refuse("BadRequestInvalidIds",
                      fmt::format("Too many ids in {}, at most {} are allowed", name, most));
    }
    return found;
}

result<bool> call::flag(std::string_view name) const {
    const auto value = query(name);
    if (!value || value->empty() || http::equal_without_case(*value, "false")) {
        return false;
    }
    if (http::equal_without_case(*value, "true")) {
        return true;
    }
    return invalid(name);
}

result<std::int64_t> call::integer(std::string_view name, std::int64_t otherwise) const {
    const auto value = query(name);
    if (!value || value->empty()) {
        return otherwise;
    }
    if (const auto number = parse<std::int64_t>(*value)) {
        return *number;
    }
    return invalid(name);
}

result<std::optional<double>> call::number(std::string_view name) const {
    const auto value = query(name);
    if (!value || value->empty()) {
        return std::nullopt;
    }
    if (const auto number = parse<double>(*value); number && std::isfinite(*number)) {
        return number;
    }
    return invalid(name);
}

result<project> find_project(state& in, const call& of) {
    const auto id = parse_guid(of.route["projectId"]);
    auto found = id ? in.projects.find(*id) : std::nullopt;
    if (!found) {
        return refuse("NotFoundProject", "Project not found");
    }
    return *found;
}

result<tag> find_tag(state& in, const call& of, std::string_view project_id) {
    const auto id = parse_guid(of.route["tagId"]);
    auto found = id ? in.tags.find(project_id, *id) : std::nullopt;
    if (!found) {
        return refuse("NotFoundTag", "Tag not found");
    }
    return *found;
}

result<iteration> find_iteration(state& in, const call& of, std::string_view project_id) {
    const auto id = parse_guid(of.route["iterationId"]);
    auto found = id ? in.iterations.find(project_id, *id) : std::nullopt;
    if (!found) {
        return refuse("NotFoundIteration", "Iteration not found");
    }
    return *found;
}

result<std::string> queried_iteration(state& in, const call& of, std::string_view project_id) {
    const auto given = of.query("iterationId");
    if (!given || given->empty()) {
        return std::string(workspace);
    }
    const auto id = parse_guid(*given);
    if (!id || !in.iterations.find(project_id, *id)) {
        return refuse("NotFoundIteration", "Iteration not found");
    }
    return *id;
}

http::response no_content() {
    http::response answer;
    answer.status = 204;
    return answer;
}

} // namespace sandbox::service
