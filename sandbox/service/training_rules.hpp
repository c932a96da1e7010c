#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/service/refusal.hpp"

namespace sandbox::service {

/// How many pictures a tag has that would be learned.
struct tag_supply {
    std::string id;
    std::size_t images = 0;
};

/// What a training was or would be based on; equal bases train to equal models.
struct training_basis {
    std::int64_t revision = 0;
    std::string selection; ///< ids of the selected tags, sorted; empty: all

    friend bool operator==(const training_basis&, const training_basis&) = default;
};

/// A call of TrainProject and what it meets.
struct training_question {
    bool classifies = true; ///< the domain's type
    bool is_running = false;
    bool force = false;
    std::string training_type = "Regular";
    std::int64_t reserved_hours = 0;
    std::size_t iterations = 0; ///< of the project, whatever their status
    training_basis basis;
    std::optional<training_basis> last; ///< of the newest iteration that did not fail
    bool are_tags_selected = false;
    std::vector<tag_supply> tags; ///< the selected ones, or all of the project
};

/// Why it is refused; nothing where it goes through. A tag without any picture counts only when it
/// was selected: nobody can learn it, and it stands in the way of nothing.
[[nodiscard]] std::optional<refusal> refuse_training(const training_question& asked);

} // namespace sandbox::service
