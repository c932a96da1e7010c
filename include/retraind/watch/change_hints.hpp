#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "retraind/runtime/task.hpp"
#include "retraind/watch/inotify_codec.hpp"

namespace retraind::watch {

class descriptor;

/// What to look at, by name.
struct change_hint {
    hint_kind kind = hint_kind::nothing;
    std::string path; ///< below the watched folder; empty with scan_all
};

/// inotify for one tree: says where to look, never what is there. When the kernel has no more
/// watches or loses records, it says so and scans do the work. Loop only, but for `watch_folder`.
class change_hints {
public:
    /// Hears, on the loop, that hints are waiting; and, once, why there will be fewer.
    struct listener {
        std::function<void()> arrived;
        std::function<void(std::string sentence)> unavailable;
    };

    change_hints(const boost::asio::any_io_executor& loop, listener heard);
    ~change_hints();
    change_hints(const change_hints&) = delete;
    change_hints& operator=(const change_hints&) = delete;

    /// Watches an open folder, `path` below the watched one; called before it is listed, and again
    /// whenever it is. Any thread; blocks where the folder's share hangs, and keeps nobody else.
    void watch_folder(int folder, const std::string& path);

    /// Reads what the kernel says until `stop`. Where there is no queue, it ends at once.
    [[nodiscard]] task<void> run();
    void stop();

    /// The oldest hints, at most `most`.
    [[nodiscard]] std::vector<change_hint> take(std::size_t most);
    [[nodiscard]] bool empty() const noexcept { return waiting_.empty(); }
    /// Records that were lost so far.
    [[nodiscard]] std::size_t losses() const noexcept { return losses_; }

private:
    /// More names than this are one scan.
    static constexpr std::size_t most_waiting = 10'000;

    [[nodiscard]] bool read_some();
    void accept(const inotify_record& record);
    void scan_instead();
    void say_unavailable();

    listener heard_;
    boost::asio::posix::stream_descriptor queue_;
    std::deque<change_hint> waiting_;
    std::size_t losses_ = 0;
    bool said_unavailable_ = false;

    std::mutex mutex_; ///< guards what `watch_folder` shares with the loop
    std::shared_ptr<const descriptor> descriptor_; ///< the queue's, while folders may be added
    std::unordered_map<int, std::string> folders_; ///< by watch, below the root
    std::string problem_;                          ///< why a folder could not be watched
};

} // namespace retraind::watch
