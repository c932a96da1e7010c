#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "retraind/intake/image_file.hpp"

namespace retraind::intake::testing {

/// A folder that goes with the test.
class scratch_folder {
public:
    scratch_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "intake-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) {
            throw std::runtime_error("no scratch folder");
        }
        path_ = name;
    }
    ~scratch_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    scratch_folder(const scratch_folder&) = delete;
    scratch_folder& operator=(const scratch_folder&) = delete;

    [[nodiscard]] std::string at(const std::string& name) const { return (path_ / name).string(); }

    std::string write(const std::string& name, const std::string& bytes,
                      std::ios::openmode how = std::ios::trunc) const {
        std::ofstream file(at(name), std::ios::binary | how);
        file << bytes;
        file.close();
        if (!file) {
            throw std::runtime_error("cannot write " + name);
        }
        return at(name);
    }

private:
    std::filesystem::path path_;
};

inline file_identity identity_at(const std::string& path) {
    return image_file::open(path).value().identity();
}

} // namespace retraind::intake::testing
