#include "retraind/watch/change_hints.hpp"

#include <array>
#include <cerrno>
#include <span>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "descriptor.hpp"
#include "retraind/base/error.hpp"

namespace retraind::watch {
namespace {

constexpr std::uint32_t wanted_records = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE_SELF |
                                         IN_MOVE_SELF | IN_ONLYDIR | IN_EXCL_UNLINK;

std::string advice(int number) {
    switch (number) {
    case ENOSPC:
        return "the kernel has no more inotify watches; raise fs.inotify.max_user_watches";
    case EMFILE:
        return "the kernel has no more inotify queues; raise fs.inotify.max_user_instances";
    default:
        return from_errno(number, "inotify").message;
    }
}

} // namespace

change_hints::change_hints(const boost::asio::any_io_executor& loop, listener heard)
    : heard_(std::move(heard)), queue_(loop) {
    const int made = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (made < 0) {
        problem_ = advice(errno);
        return;
    }
    queue_.assign(made);
    descriptor_ = std::make_shared<const descriptor>(::fcntl(made, F_DUPFD_CLOEXEC, 0));
}

change_hints::~change_hints() = default;

void change_hints::watch_folder(int folder, const std::string& path) {
    std::shared_ptr<const descriptor> queue;
    {
        const std::scoped_lock lock(mutex_);
        queue = descriptor_;
    }
    if (!queue) {
        return;
    }
    // By what is open and not by its name, which may be too long, or another folder's by now. The
    // share may hang here: without the lock, which the loop takes too. A record that comes before
    // the name is known is dropped: its folder is about to be listed.
    const std::string open_one = fmt::format("/proc/self/fd/{}", folder);
    const int watch = ::inotify_add_watch(queue->get(), open_one.c_str(), wanted_records);
    const int why = errno;
    const std::scoped_lock lock(mutex_);
    if (watch >= 0) {
        folders_[watch] = path;
    } else if (problem_.empty()) {
        problem_ = advice(why);
    }
}

task<void> change_hints::run() {
    while (queue_.is_open()) {
        const auto [failed] =
            co_await queue_.async_wait(boost::asio::posix::stream_descriptor::wait_read, use_tuple);
        if (failed || !queue_.is_open() || !read_some()) {
            co_return;
        }
        if (!waiting_.empty()) {
            heard_.arrived();
        }
    }
}

bool change_hints::read_some() {
    std::array<std::byte, 64 * 1024> buffer; // NOLINT(*-member-init): the kernel fills it
    const ssize_t length = ::read(queue_.native_handle(), buffer.data(), buffer.size());
    if (length < 0) {
        return errno == EAGAIN || errno == EINTR;
    }
    for (const inotify_record& record :
         decode_inotify(std::span(buffer).first(static_cast<std::size_t>(length)))) {
        accept(record);
    }
    return true;
}

void change_hints::stop() {
    const std::scoped_lock lock(mutex_);
    descriptor_.reset();
    boost::system::error_code ignored;
    queue_.close(ignored);
}

void change_hints::accept(const inotify_record& record) {
    const hint_kind kind = hint_of(record);
    if (kind == hint_kind::nothing) {
        return;
    }
    if (kind == hint_kind::scan_all) {
        ++losses_;
        scan_instead();
        return;
    }
    std::string folder;
    {
        const std::scoped_lock lock(mutex_);
        const auto found = folders_.find(record.watch);
        if (kind == hint_kind::watch_ended) {
            if (found != folders_.end()) {
                folders_.erase(found);
            }
            return;
        }
        if (found == folders_.end()) {
            return; // it went away, and what it held went with it or was moved: a record too
        }
        folder = found->second;
    }
    if (waiting_.size() >= most_waiting) {
        scan_instead();
        return;
    }
    waiting_.push_back({kind, folder.empty() ? record.name : folder + "/" + record.name});
}

void change_hints::scan_instead() {
    waiting_.clear();
    waiting_.push_back({hint_kind::scan_all, ""});
}

std::vector<change_hint> change_hints::take(std::size_t most) {
    say_unavailable();
    std::vector<change_hint> taken;
    while (!waiting_.empty() && taken.size() < most) {
        taken.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    return taken;
}

void change_hints::say_unavailable() {
    std::string problem;
    {
        const std::scoped_lock lock(mutex_);
        problem = problem_;
    }
    if (!problem.empty() && !std::exchange(said_unavailable_, true)) {
        heard_.unavailable(problem);
    }
}

} // namespace retraind::watch
