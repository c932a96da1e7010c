#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <system_error>

#include <sys/stat.h>

namespace retraind::testing {

/// A folder that goes with the test.
class scratch_folder {
public:
    scratch_folder() {
        std::string name = (std::filesystem::temp_directory_path() / "pipeline-XXXXXX").string();
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

    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::string at(const std::string& name) const { return (path_ / name).string(); }

    [[nodiscard]] std::string make_folder(const std::string& name) const {
        std::filesystem::create_directories(path_ / name);
        return at(name);
    }
    /// Gives the file's path; folders on the way are made.
    std::string write(const std::string& name, const std::string& bytes, mode_t mode = 0600) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream file(at(name), std::ios::binary | std::ios::trunc);
        file << bytes;
        file.close();
        if (!file || ::chmod(at(name).c_str(), mode) != 0) {
            throw std::runtime_error("cannot write " + name);
        }
        return at(name);
    }

private:
    std::filesystem::path path_;
};

/// Sets a variable of the environment, or unsets it for null, until it goes.
class variable_guard {
public:
    variable_guard(std::string name, const char* value) : name_(std::move(name)) {
        if (const char* before = std::getenv(name_.c_str())) {
            before_ = before;
            was_set_ = true;
        }
        set(value);
    }
    ~variable_guard() { set(was_set_ ? before_.c_str() : nullptr); }
    variable_guard(const variable_guard&) = delete;
    variable_guard& operator=(const variable_guard&) = delete;

private:
    void set(const char* value) {
        if (value == nullptr) {
            ::unsetenv(name_.c_str());
        } else {
            ::setenv(name_.c_str(), value, 1);
        }
    }

    std::string name_;
    std::string before_;
    bool was_set_ = false;
};

} // namespace retraind::testing
