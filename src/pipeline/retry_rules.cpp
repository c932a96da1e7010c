#include "retraind/pipeline/retry_rules.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {
namespace {

constexpr std::string_view retry_path = "/retry";
constexpr std::string_view path_parameter = "?path=";

/// The part of `path` below `folder`, "" for that itself; nothing where it lies elsewhere.
std::optional<std::string> part_below(std::string_view path, std::string_view folder) {
    while (folder.size() > 1 && folder.ends_with('/')) {
        folder.remove_suffix(1);
    }
    if (path == folder) {
        return std::string();
    }
    const std::string top = folder == "/" ? "/" : std::string(folder) + "/";
    return path.starts_with(top) ? std::optional(std::string(path.substr(top.size())))
                                 : std::nullopt;
}

error nowhere(const config::configuration& wanted, const std::string& path) {
    for (const config::project_block& project : wanted.projects) {
        for (const config::watch_block& folder : project.watch) {
            if (folder.disposal.rejected && part_below(path, *folder.disposal.rejected)) {
                return {errc::invalid,
                        fmt::format("{} was set aside; move it back into {} and it is taken again",
                                    printable(path), printable(folder.watch.path))};
            }
        }
    }
    return {errc::invalid,
            fmt::format("{} lies in no watched folder; name one of them, or a file in it",
                        printable(path))};
}

bool is_plain(unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '/' || letter == '.' || letter == '-' ||
           letter == '_' || letter == '~';
}

std::optional<unsigned> hexadecimal(char letter) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto upper = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    const std::size_t value = digits.find(upper);
    return value == std::string_view::npos ? std::nullopt
                                           : std::optional(static_cast<unsigned>(value));
}

std::optional<std::string> decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            plain += text[at];
            continue;
        }
        const auto high = at + 2 < text.size() ? hexadecimal(text[at + 1]) : std::nullopt;
        const auto low = at + 2 < text.size() ? hexadecimal(text[at + 2]) : std::nullopt;
        if (!high || !low || (*high == 0 && *low == 0)) {
            return std::nullopt;
        }
        plain += static_cast<char>(*high * 16 + *low);
        at += 2;
    }
    return plain;
}

} // namespace

result<std::vector<retry_target>> resolve_retry(const config::configuration& wanted,
                                                const std::optional<std::string>& path) {
    std::vector<retry_target> targets;
    for (std::size_t project = 0; project < wanted.projects.size(); ++project) {
        const auto& folders = wanted.projects[project].watch;
        for (std::size_t folder = 0; folder < folders.size(); ++folder) {
            if (!path) {
                targets.push_back({project, folder, "", false});
            } else if (const auto below = part_below(*path, folders[folder].watch.path)) {
                targets.push_back({project, folder, *below, below->empty()});
            }
        }
    }
    if (targets.empty()) {
        return tl::unexpected(nowhere(wanted, path.value_or("")));
    }
    return targets;
}

std::string encode_retry(const std::optional<std::string>& path) {
    std::string target(retry_path);
    if (!path) {
        return target;
    }
    target += path_parameter;
    for (const char letter : *path) {
        const auto byte = static_cast<unsigned char>(letter);
        target += is_plain(byte) ? std::string(1, letter) : fmt::format("%{:02X}", byte);
    }
    return target;
}

bool is_retry(std::string_view target) {
    return target == retry_path || target.starts_with(std::string(retry_path) + "?");
}

result<retry_request> decode_retry(std::string_view target) {
    if (target == retry_path) {
        return retry_request();
    }
    const std::string start = std::string(retry_path).append(path_parameter);
    std::optional<std::string> path;
    if (target.starts_with(start)) {
        path = decoded(target.substr(start.size()));
    }
    if (!path || !path->starts_with('/')) {
        return fail(errc::invalid, "is not /retry or /retry?path=/ABSOLUTE, percent-encoded");
    }
    return retry_request{std::move(path)};
}

std::string retried_sentence(std::size_t rejected) {
    return fmt::format("{} rejected file{} back in line, and held ones are looked at again",
                       rejected, rejected == 1 ? " is" : "s are");
}

} // namespace retraind::pipeline
