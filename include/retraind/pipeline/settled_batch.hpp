#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "retraind/ledger/types.hpp"
#include "retraind/pipeline/journey.hpp"

namespace retraind::pipeline {

/// One journey's end.
struct settled_file {
    journey_number number = 0;
    outcome result = outcome::confirmed;
    std::optional<image_id> image;
    std::optional<ledger::rejection> reason; ///< of rejected files
};

struct settled_batch {
    std::string request_id; ///< empty where nothing was sent
    std::uint64_t body_bytes = 0;
    std::vector<settled_file> files;
};

} // namespace retraind::pipeline
