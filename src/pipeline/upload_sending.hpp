#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "retraind/pipeline/upload_loop.hpp"

namespace retraind::pipeline {

/// A batch on the wire and what came back for it; the three files of `upload_loop` share it.
struct upload_loop::sending {
    std::vector<batch::item> items;
    std::vector<std::string> names; ///< as sent; results are matched by them
    std::vector<std::shared_ptr<picture_stream>> streams;
    customvision::image_batch wanted;
    customvision::image_summary answered;
    std::optional<customvision::failure> refused;
    std::vector<batch::item> again; ///< to be sent once more
    bool tags_looked_at = false;    ///< the project's tags were asked for after the answer
};

} // namespace retraind::pipeline
