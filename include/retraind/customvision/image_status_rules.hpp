#pragma once

#include <string>

#include "retraind/customvision/types.hpp"

namespace retraind::customvision {

/// What the status of one image means for its file (CONTRACT.md section 3.1).
enum class image_verdict {
    confirmed,
    duplicate,      ///< the same content is there; it is a success (fact 3)
    retry,          ///< passing, or not known: a few times, then hold
    reject,         ///< permanent for this file
    needs_operator, ///< a limit of the project is reached; the file is as good as before
};

struct image_ruling {
    image_verdict meaning = image_verdict::retry;
    std::string code;     ///< the service's status as it was given
    std::string sentence; ///< for people; empty for a success
    std::string mend;     ///< what a person can do; empty where nothing is to be done

    bool operator==(const image_ruling&) const = default;
};

/// An OK without an image id confirms nothing, because the id is what is recorded: it is sent
/// again and comes back as OKDuplicate. Statuses are an open enumeration (fact 5). Pure.
[[nodiscard]] image_ruling rule_on_image(const image_result& answered);

} // namespace retraind::customvision
