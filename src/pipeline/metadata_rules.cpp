#include "retraind/pipeline/metadata_rules.hpp"

#include <fmt/format.h>

namespace retraind::pipeline {

std::string metadata_group(const customvision::metadata_map& metadata) {
    std::string group;
    for (const auto& [key, value] : metadata) {
        // With their lengths, so that no two maps give the same.
        group += fmt::format("{}:{}{}:{}", key.size(), key, value.size(), value);
    }
    return group;
}

} // namespace retraind::pipeline
