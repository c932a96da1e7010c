#include "retraind/watch/inotify_codec.hpp"

#include <cstring>

#include <linux/inotify.h>

namespace retraind::watch {

std::vector<inotify_record> decode_inotify(std::span<const std::byte> bytes) {
    std::vector<inotify_record> records;
    while (bytes.size() >= sizeof(inotify_event)) {
        inotify_event head{};
        std::memcpy(&head, bytes.data(), sizeof head);
        if (bytes.size() - sizeof head < head.len) {
            break;
        }
        inotify_record record;
        record.watch = head.wd;
        record.mask = head.mask;
        const auto* name = reinterpret_cast<const char*>(bytes.data()) + sizeof head;
        record.name.assign(name, ::strnlen(name, head.len)); // padded with NULs
        records.push_back(std::move(record));
        bytes = bytes.subspan(sizeof head + head.len);
    }
    return records;
}

hint_kind hint_of(const inotify_record& record) {
    // First, because the kernel gives no watch with it.
    if ((record.mask & IN_Q_OVERFLOW) != 0) {
        return hint_kind::scan_all;
    }
    if ((record.mask & (IN_IGNORED | IN_UNMOUNT)) != 0) {
        return hint_kind::watch_ended;
    }
    const bool folder = (record.mask & IN_ISDIR) != 0;
    if (folder && (record.mask & (IN_CREATE | IN_MOVED_TO)) != 0) {
        return hint_kind::scan_folder;
    }
    if (folder || record.name.empty()) {
        return hint_kind::nothing;
    }
    if ((record.mask & IN_MOVED_TO) != 0) {
        return hint_kind::file_moved_in;
    }
    // A hard link is made without ever being written.
    const bool worth_a_look = (record.mask & (IN_CLOSE_WRITE | IN_CREATE)) != 0;
    return worth_a_look ? hint_kind::look_at_file : hint_kind::nothing;
}

} // namespace retraind::watch
