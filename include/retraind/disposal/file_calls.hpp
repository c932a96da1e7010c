#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace retraind::disposal {

/// A name in a folder that is open: what is called by it stays in that folder, wherever the folder
/// is moved and whatever takes its path.
struct place {
    int folder = -1;
    std::string name;
};

/// Every call that changes something on disk, one by one: tests make each fail, or stop there.
/// Each returns 0 or an errno. Blocking; any thread.
class file_calls {
public:
    virtual ~file_calls() = default;

    /// EEXIST where `to` exists; EINVAL, ENOSYS or EOPNOTSUPP where the file system cannot promise
    /// not to replace.
    virtual int rename_new(const place& from, const place& to);
    virtual int rename(const place& from, const place& to);
    /// A symbolic link is linked itself.
    virtual int link(const place& from, const place& to);
    virtual int make_symlink(const std::string& text, const place& at);
    virtual int unlink(const place& at);
    virtual int make_folder(const place& at, unsigned mode);
    virtual int remove_folder(const place& at);
    /// A new file of mode 0600, open for writing; EEXIST where there is one.
    virtual int create(const place& at, int& file);
    virtual int write(int file, std::span<const std::byte> bytes);
    virtual int sync(int file_or_folder);
};

/// The machine's.
[[nodiscard]] file_calls& system_file_calls();

} // namespace retraind::disposal
