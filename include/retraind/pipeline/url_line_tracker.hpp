#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/base/outcome.hpp"
#include "retraind/base/status.hpp"
#include "retraind/intake/url_picture_tracker.hpp"

namespace retraind::pipeline {

/// What became of one line of a list.
struct line_outcome {
    outcome result = outcome::confirmed;
    std::optional<image_id> image;
    std::string reason; ///< of rejected lines, one sentence
};

/// What became of each line of a list so far: 24 bytes a line, and each reason once. Pure.
class url_line_tracker {
public:
    explicit url_line_tracker(std::uint32_t lines) : lines_(lines) {}

    /// The lines of a picture share its outcome. Only the first line and those with a region of
    /// their own make something, so the others are its duplicates.
    void settle(const std::vector<intake::list_line>& lines, const line_outcome& what);
    void reject(std::uint32_t ordinal, std::string reason);
    /// They have no outcome until something changes.
    void hold(const std::vector<intake::list_line>& lines);

    /// Whether the line has neither an outcome nor a reason to wait.
    [[nodiscard]] bool is_open(std::uint32_t ordinal) const {
        return lines_.at(ordinal).now == state::open;
    }
    /// Nothing while the line has no outcome.
    [[nodiscard]] std::optional<line_outcome> of(std::uint32_t ordinal) const;

    [[nodiscard]] const outcome_totals& totals() const noexcept { return totals_; }
    [[nodiscard]] std::size_t held() const noexcept { return held_; }
    /// Lines that have neither an outcome nor a reason to wait.
    [[nodiscard]] std::size_t open() const noexcept { return lines_.size() - held_ - settled_; }

private:
    enum class state : std::uint8_t { open, held, settled };
    struct line {
        image_id image;
        std::uint32_t reason = 0; ///< behind the position; 0 for none
        outcome result = outcome::confirmed;
        state now = state::open;
        bool has_image = false;
    };

    void put(std::uint32_t ordinal, const line_outcome& what);

    std::vector<line> lines_;
    std::vector<std::string> reasons_;
    std::unordered_map<std::string, std::uint32_t> known_reasons_;
    outcome_totals totals_;
    std::size_t held_ = 0;
    std::size_t settled_ = 0;
};

/// The word for people, as the last line of `--once` has it: "held out".
[[nodiscard]] std::string outcome_word(outcome result);

} // namespace retraind::pipeline
