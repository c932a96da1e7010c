#pragma once

#include <filesystem>
#include <string>

namespace sandbox {

/// The folder where a sandbox keeps everything, locked for one process for as long as this lives.
class data_folder {
public:
    /// Makes it where it is missing (0700). Throws std::runtime_error with a sentence, also where
    /// another sandbox uses it.
    explicit data_folder(const std::filesystem::path& path);
    ~data_folder();
    data_folder(const data_folder&) = delete;
    data_folder& operator=(const data_folder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] std::filesystem::path training_key_file() const { return path_ / "training-key"; }
    [[nodiscard]] std::filesystem::path prediction_key_file() const {
        return path_ / "prediction-key";
    }

private:
    std::filesystem::path path_; ///< absolute
    int lock_ = -1;
};

/// The key in a file, without the end of its line; 32 random hex digits are written (0600) where
/// there is none. Throws std::runtime_error with a sentence, also where the file holds no key.
[[nodiscard]] std::string ensure_key(const std::filesystem::path& file);

} // namespace sandbox
