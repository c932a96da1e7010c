#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "retraind/disposal/file_calls.hpp"

namespace retraind::disposal {

/// A descriptor that is closed when this goes; -1 for none.
class descriptor {
public:
    descriptor() = default;
    explicit descriptor(int file) : file_(file) {}
    ~descriptor();
    descriptor(descriptor&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(file_, other.file_);
        return *this;
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    [[nodiscard]] int get() const noexcept { return file_; }

private:
    int file_ = -1;
};

/// Folders below one root, opened once each, never through a symbolic link: the root's own path is
/// a person's word and may hold some.
class open_folders {
public:
    enum class missing { is_an_error, is_made };

    open_folders(std::string root, missing policy, file_calls& calls)
        : root_(std::move(root)), policy_(policy), calls_(calls) {}

    /// The folder at `below` ("" for the root), open as long as this lives; 0 or an errno.
    [[nodiscard]] int open(const std::string& below, int& folder);
    /// Flushes every folder that was opened; the first errno.
    [[nodiscard]] int sync();
    [[nodiscard]] bool has_root() const { return folders_.contains(""); }
    [[nodiscard]] const std::string& root() const noexcept { return root_; }

private:
    [[nodiscard]] int open_root(descriptor& opened);
    /// `part` in `parent`, made where that is wanted; `flags` say whether a link is followed.
    [[nodiscard]] int enter(int parent, const std::string& part, int flags, descriptor& opened);

    std::string root_;
    missing policy_;
    file_calls& calls_;
    std::map<std::string, descriptor> folders_; ///< by path below the root
};

} // namespace retraind::disposal
