#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace retraind::testing {

/// A folder of its own for one test; gone with it.
class temp_tree {
public:
    explicit temp_tree(
        const std::filesystem::path& where = std::filesystem::temp_directory_path()) {
        std::string made = (std::filesystem::canonical(where) / "watch-XXXXXX").string();
        if (::mkdtemp(made.data()) == nullptr) {
            throw std::runtime_error("cannot make a folder for the test");
        }
        root_ = made;
    }
    ~temp_tree() {
        std::error_code ignored;
        std::filesystem::remove_all(root_, ignored);
    }
    /// Where thousands of files cost no disk, if there is such a place.
    [[nodiscard]] static std::filesystem::path memory() {
        const char* shared = "/dev/shm";
        return ::access(shared, W_OK) == 0 ? shared : std::filesystem::temp_directory_path();
    }
    temp_tree(const temp_tree&) = delete;
    temp_tree& operator=(const temp_tree&) = delete;

    [[nodiscard]] const std::string& root() const noexcept { return root_; }
    [[nodiscard]] std::string at(const std::string& path) const { return root_ + "/" + path; }

    void folder(const std::string& path) const { std::filesystem::create_directories(at(path)); }
    /// Writes a file, making the folders above it.
    void write(const std::string& path, const std::string& text = "picture") const {
        std::filesystem::create_directories(std::filesystem::path(at(path)).parent_path());
        std::ofstream(at(path), std::ios::binary) << text;
    }
    void append(const std::string& path, const std::string& text) const {
        std::ofstream(at(path), std::ios::binary | std::ios::app) << text;
    }
    void link(const std::string& target, const std::string& path) const {
        std::filesystem::create_symlink(target, at(path));
    }
    void rename(const std::string& from, const std::string& to) const {
        std::filesystem::rename(at(from), at(to));
    }
    void remove(const std::string& path) const { std::filesystem::remove_all(at(path)); }

private:
    std::string root_;
};

/// More records than a queue that nobody reads keeps (fs.inotify.max_queued_events, 16,384 by
/// default); two files by turns, because equal records that follow one another are one.
inline void overflow_hints(const temp_tree& tree) {
    const std::string names[] = {tree.at("one.txt"), tree.at("two.txt")};
    for (std::size_t at = 0; at < 17'000; ++at) {
        ::close(::open(names[at % 2].c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    }
}

} // namespace retraind::testing
