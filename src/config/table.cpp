#include "table.hpp"

namespace retraind::config {

std::string unknown_key(const std::string& name, const std::vector<std::string_view>& known) {
    if (name == "training_key" || name == "key") {
        return "is not a key here: the training key never stands in the configuration; put it into "
               "a file and name that with training_key_file";
    }
    if (const std::string_view meant = nearest(name, known); !meant.empty()) {
        return fmt::format("is not a key; did you mean \"{}\"?", meant);
    }
    return fmt::format("is not a key; known here: {}", fmt::join(known, ", "));
}

} // namespace retraind::config
