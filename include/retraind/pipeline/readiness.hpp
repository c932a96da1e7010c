#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "retraind/base/event.hpp"

namespace retraind::pipeline {

/// Whether a project can make progress, and why not. Each loop has its own obstacle, so that one
/// that is cleared does not hide another's. Says every change once. Loop only.
class readiness {
public:
    readiness(event_sink& events, std::string project);

    /// `source` says who (a literal: "upload", "ledger", …); the same words again say nothing.
    void block(std::string_view source, std::string reason);
    void clear(std::string_view source);

    [[nodiscard]] bool ready() const noexcept { return obstacles_.empty(); }
    /// All reasons, for people; nothing when ready.
    [[nodiscard]] std::optional<std::string> reason() const;

private:
    event_sink& events_;
    std::string project_;
    std::map<std::string, std::string, std::less<>> obstacles_;
};

} // namespace retraind::pipeline
