#include "sandbox/service/multipart.hpp"

#include <string>

#include "sandbox/http/message.hpp"

namespace sandbox::service {

namespace {

/// The value of `name=value` or `name="value"` after a semicolon.
std::optional<std::string_view> parameter(std::string_view header, std::string_view name) {
    for (auto begin = header.find(';'); begin != std::string_view::npos;
         begin = header.find(';', begin)) {
        begin = header.find_first_not_of("; \t", begin);
        if (begin == std::string_view::npos) {
            break;
        }
        const std::string_view rest = header.substr(begin);
        if (rest.size() <= name.size() || rest[name.size()] != '=' ||
            !http::equal_without_case(rest.substr(0, name.size()), name)) {
            continue;
        }
        const std::string_view value = rest.substr(name.size() + 1);
        if (value.starts_with('"')) {
            return value.substr(1, value.find('"', 1) - 1);
        }
        return value.substr(0, value.find_first_of("; \t\r"));
    }
    return std::nullopt;
}

/// Whether a part's header says that it is the field of that name.
bool is_field(std::string_view header, std::string_view name) {
    constexpr std::string_view disposition = "Content-Disposition:";
    while (!header.empty()) {
        const auto end = std::min(header.find("\r\n"), header.size());
        const std::string_view line = header.substr(0, end);
        if (line.size() > disposition.size() &&
            http::equal_without_case(line.substr(0, disposition.size()), disposition)) {
            return parameter(line, "name") == name;
        }
        header.remove_prefix(std::min(end + 2, header.size()));
    }
    return false;
}

} // namespace

std::optional<std::string_view> multipart_field(std::string_view content_type,
                                                std::string_view body, std::string_view name) {
    const auto boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty()) {
        return std::nullopt;
    }
    const std::string opening = "--" + std::string(*boundary);
    const std::string closing = "\r\n" + opening;
    auto part = body.find(opening);
    while (part != std::string_view::npos) {
        const auto header = part + opening.size() + 2;
        const auto header_end = body.find("\r\n\r\n", part);
        const auto end =
            header_end == std::string_view::npos ? header_end : body.find(closing, header_end + 2);
        if (end == std::string_view::npos || header > header_end) {
            return std::nullopt;
        }
        if (is_field(body.substr(header, header_end - header), name)) {
            const auto begin = std::min(header_end + 4, end);
            return body.substr(begin, end - begin);
        }
        part = end + 2;
    }
    return std::nullopt;
}

namespace {

/// The raw value of `filename` in a part's header.
std::string_view file_name_in(std::string_view header) {
    constexpr std::string_view name = "filename=";
    const auto begin = header.find(name);
    if (begin == std::string_view::npos) {
        return {};
    }
    const std::string_view rest = header.substr(begin + name.size());
    if (rest.starts_with('"')) {
        const auto end = rest.find('"', 1);
        return end == std::string_view::npos ? std::string_view() : rest.substr(0, end + 1);
    }
    return rest.substr(0, rest.find_first_of(";\r"));
}

} // namespace

std::vector<multipart_part> multipart_parts(std::string_view content_type, std::string_view body) {
    std::vector<multipart_part> parts;
    const auto boundary = parameter(content_type, "boundary");
    if (!boundary || boundary->empty()) {
        return parts;
    }
    const std::string opening = "--" + std::string(*boundary);
    const std::string closing = "\r\n" + opening;
    auto part = body.find(opening);
    while (part != std::string_view::npos &&
           !body.substr(part + opening.size()).starts_with("--")) {
        const auto header = part + opening.size() + 2;
        const auto header_end = body.find("\r\n\r\n", part);
        const auto end =
            header_end == std::string_view::npos ? header_end : body.find(closing, header_end + 2);
        if (end == std::string_view::npos || header > header_end) {
            return {};
        }
        const auto begin = std::min(header_end + 4, end);
        parts.push_back({file_name_in(body.substr(header, header_end - header)),
                         body.substr(begin, end - begin)});
        part = end + 2;
    }
    return parts;
}

} // namespace sandbox::service
