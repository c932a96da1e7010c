#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "retraind/base/event.hpp"

namespace retraind::testing {

/// Keeps what was said; a test may act at the moment that something is.
class event_recorder final : public event_sink {
public:
    void emit(const event& happened) override {
        all.push_back(happened);
        if (on_event) {
            on_event(happened);
        }
    }

    [[nodiscard]] std::size_t count(event_name name) const {
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [name](const event& each) { return each.name == name; }));
    }

    /// The newest sentence of that name; empty where nothing was said.
    [[nodiscard]] std::string sentence(event_name name) const {
        const auto found = std::find_if(all.rbegin(), all.rend(),
                                        [name](const event& each) { return each.name == name; });
        return found == all.rend() ? std::string() : found->sentence;
    }

    std::vector<event> all;
    std::function<void(const event&)> on_event;
};

template <class Id>
Id numbered(std::uint8_t number) {
    Id id;
    id.value.data[15] = number;
    return id;
}

} // namespace retraind::testing
