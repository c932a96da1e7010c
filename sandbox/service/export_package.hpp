#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sandbox/service/entities.hpp"

namespace sandbox::service {

struct export_contents {
    iteration of;
    std::vector<tag> classes; ///< in the order of the model's rows
    std::filesystem::path model_file;
};

/// A ZIP archive of the model as it is: model.bin, labels.txt (a class a line, in the order of the
/// model's rows) and README.txt, which says how they are to be read. Throws std::runtime_error
/// where the model cannot be read.
[[nodiscard]] std::string export_package(const export_contents& contents);

} // namespace sandbox::service
