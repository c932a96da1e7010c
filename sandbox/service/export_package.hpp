#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sandbox/service/entities.hpp"

namespace sandbox::service {

struct export_contents {
    iteration of;
    std::vector<tag> classes; ///< in the order of the model's rows
    std::string model;        ///< the bytes of the model's file
};

/// Throws std::runtime_error where the file cannot be read.
[[nodiscard]] std::string read_model_file(const std::filesystem::path& file);

/// A ZIP archive of the model as it is: model.bin, labels.txt (a class a line, in the order of the
/// model's rows) and README.txt, which says how they are to be read.
[[nodiscard]] std::string export_package(const export_contents& contents);

} // namespace sandbox::service
