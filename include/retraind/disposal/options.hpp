#pragma once

#include <optional>
#include <string>
#include <variant>

namespace retraind::disposal {

struct keep {};
struct remove {};
struct move_to {
    std::string folder; ///< absolute; a picture keeps its path below it
};
using after_upload = std::variant<keep, remove, move_to>;

/// What becomes of one watched folder's files once their outcome is durable.
struct options {
    after_upload uploaded = keep{};
    std::optional<std::string> rejected; ///< absolute; nothing: they stay, remembered
};

} // namespace retraind::disposal
