#pragma once

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace retraind::testing {

/// A file system that nobody serves (FUSE): whatever asks it something hangs until it goes. In a
/// mount namespace of the test's own, which its thread leaves at the end; needs root with
/// CAP_SYS_ADMIN and /dev/fuse.
class hanging_mount {
public:
    explicit hanging_mount(std::string folder) : folder_(std::move(folder)) {
        namespace_ = ::open("/proc/thread-self/ns/mnt", O_RDONLY | O_CLOEXEC);
        here_ = ::open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
        need(::unshare(CLONE_NEWNS), "a mount namespace of one's own (run as root)");
        need(::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "private mounts");
        server_ = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
        need(server_ < 0 ? -1 : 0, "/dev/fuse");
        const std::string options = options_for(server_);
        need(::mount("hangs", folder_.c_str(), "fuse", 0, options.c_str()), "a FUSE mount");
    }
    ~hanging_mount() {
        end();
        ::umount2(folder_.c_str(), MNT_DETACH);
        // The kernel refuses it while threads that were made meanwhile live: they stay, then.
        if (::setns(namespace_, CLONE_NEWNS) == 0 && ::fchdir(here_) != 0) {
            std::perror("the working directory is lost");
        }
        ::close(namespace_);
        ::close(here_);
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
    /// A child process tries it: root in a container may have the device and not the right.
    [[nodiscard]] static bool possible() {
        const int server = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
        if (server < 0) {
            return false;
        }
        const std::string options = options_for(server);
        const pid_t child = ::fork();
        if (child == 0) {
            // Nothing but calls of the kernel: other threads may have held a lock of the heap.
            const bool done = ::unshare(CLONE_NEWNS) == 0 &&
                              ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                              ::mount("hangs", "/tmp", "fuse", 0, options.c_str()) == 0;
            ::_exit(done ? 0 : 1);
        }
        ::close(server);
        int status = -1;
        return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) &&
               WEXITSTATUS(status) == 0;
    }

private:
    static std::string options_for(int server) {
        // With default_permissions the kernel asks for the owner of what it is to look into.
        return "fd=" + std::to_string(server) +
               ",rootmode=40000,user_id=0,group_id=0,default_permissions";
    }
    static void need(int outcome, const std::string& what) {
        if (outcome != 0) {
            throw std::runtime_error(what + ": " + std::strerror(errno));
        }
    }

    std::string folder_;
    int namespace_ = -1; ///< that it came from
    int here_ = -1;      ///< the working directory there
    int server_ = -1;
};

} // namespace retraind::testing
