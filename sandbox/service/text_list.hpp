#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/http/message.hpp"

namespace sandbox::service {

/// The parts between commas, blanks around them and empty ones left out.
[[nodiscard]] inline std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        std::string_view part = text.substr(0, end);
        while (!part.empty() && part.front() == ' ') {
            part.remove_prefix(1);
        }
        while (!part.empty() && part.back() == ' ') {
            part.remove_suffix(1);
        }
        if (!part.empty()) {
            parts.emplace_back(part);
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

[[nodiscard]] inline std::string join_list(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : ",") + part;
    }
    return text;
}

/// The word of an enumeration in its own spelling: the service's binder passes over case.
[[nodiscard]] inline std::optional<std::string> find_word(std::span<const std::string_view> words,
                                                          std::string_view given) {
    for (const std::string_view word : words) {
        if (http::equal_without_case(word, given)) {
            return std::string(word);
        }
    }
    return std::nullopt;
}

/// The same as a JSON array, for SQLite's json_each(); the parts are ids, nothing to escape.
[[nodiscard]] inline std::string json_list(const std::vector<std::string>& ids) {
    std::string text = "[";
    for (const std::string& id : ids) {
        text += (text.size() == 1 ? "\"" : ",\"") + id + '"';
    }
    return text + ']';
}

} // namespace sandbox::service
