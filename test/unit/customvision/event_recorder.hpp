#pragma once

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "retraind/base/event.hpp"

namespace retraind::testing {

/// Keeps what was told, and finds words in all of it.
class event_recorder final : public event_sink {
public:
    void emit(const event& happened) override { all.push_back(happened); }

    [[nodiscard]] std::size_t count(event_name name) const {
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [name](const event& each) { return each.name == name; }));
    }

    [[nodiscard]] const event& last(event_name name) const {
        return *std::find_if(all.rbegin(), all.rend(),
                             [name](const event& each) { return each.name == name; });
    }

    [[nodiscard]] bool mention(std::string_view words) const {
        return std::any_of(all.begin(), all.end(), [words](const event& each) {
            return each.sentence.find(words) != std::string::npos ||
                   std::any_of(each.fields.begin(), each.fields.end(), [words](const field& part) {
                       const auto* text = std::get_if<std::string>(&part.value);
                       return text != nullptr && text->find(words) != std::string::npos;
                   });
        });
    }

    std::vector<event> all;
};

/// A text field's value; empty where the event has none of that name.
inline std::string text_field(const event& from, std::string_view name) {
    for (const field& each : from.fields) {
        if (each.name == name && std::holds_alternative<std::string>(each.value)) {
            return std::get<std::string>(each.value);
        }
    }
    return {};
}

inline std::int64_t number_field(const event& from, std::string_view name) {
    for (const field& each : from.fields) {
        if (each.name == name && std::holds_alternative<std::int64_t>(each.value)) {
            return std::get<std::int64_t>(each.value);
        }
    }
    return -1;
}

} // namespace retraind::testing
