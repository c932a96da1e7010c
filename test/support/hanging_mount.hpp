#pragma once

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace retraind::testing {

/// A file system that nobody serves (FUSE): whatever asks it something hangs until it goes. In a
/// mount namespace of the test's own; needs root and /dev/fuse.
class hanging_mount {
public:
    explicit hanging_mount(std::string folder) : folder_(std::move(folder)) {
        need(::unshare(CLONE_NEWNS), "a mount namespace of one's own (run as root)");
        need(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "private mounts");
        server_ = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
        need(server_ < 0 ? -1 : 0, "/dev/fuse");
        // With default_permissions the kernel asks for the owner of what it is to look into.
        const std::string options = "fd=" + std::to_string(server_) +
                                    ",rootmode=40000,user_id=0,group_id=0,default_permissions";
        need(::mount("hangs", folder_.c_str(), "fuse", 0, options.c_str()), "a FUSE mount");
    }
    ~hanging_mount() {
        end();
        ::umount2(folder_.c_str(), MNT_DETACH);
    }
    hanging_mount(const hanging_mount&) = delete;
    hanging_mount& operator=(const hanging_mount&) = delete;

    /// What hangs returns with an error.
    void end() {
        if (server_ >= 0) {
            ::close(server_);
            server_ = -1;
        }
    }
    [[nodiscard]] static bool possible() {
        return ::geteuid() == 0 && ::access("/dev/fuse", R_OK | W_OK) == 0;
    }

private:
    static void need(int outcome, const std::string& what) {
        if (outcome != 0) {
            throw std::runtime_error(what + ": " + std::strerror(errno));
        }
    }

    std::string folder_;
    int server_ = -1;
};

} // namespace retraind::testing
