#pragma once

#include <cstddef>
#include <shared_mutex>
#include <string>

#include "retraind/config/configuration.hpp"
#include "retraind/disposal/disposer.hpp"
#include "retraind/disposal/reserved_name_codec.hpp"
#include "retraind/intake/label_rules.hpp"
#include "retraind/pipeline/beside_tracker.hpp"
#include "retraind/pipeline/journey.hpp"
#include "retraind/watch/watch_loop.hpp"

namespace retraind::pipeline {

// What disposal renames a file to meanwhile is what a watcher never looks at.
static_assert(watch::reserved_prefix == disposal::reserved_prefix);

/// One watched folder as the loops of its project see it: where its pictures lie, what they are
/// called, what becomes of them, and what its watcher is told about each file's state. Loop only,
/// but for the disposer, which is for file threads.
class folder_port {
public:
    folder_port(const config::watch_block& options, intake::label_rules labels,
                watch::watch_loop& watcher)
        : options_(options),
          labels_(std::move(labels)),
          watcher_(watcher),
          disposer_(options.watch.path, options.disposal) {}

    [[nodiscard]] const config::watch_block& options() const noexcept { return options_; }
    [[nodiscard]] const intake::label_rules& labels() const noexcept { return labels_; }
    [[nodiscard]] const disposal::disposer& disposer() const noexcept { return disposer_; }
    /// File threads hold this while they dispose, so that nobody takes what they have renamed
    /// meanwhile for a leftover.
    [[nodiscard]] std::shared_lock<std::shared_mutex> disposing() const {
        return std::shared_lock(leftovers_);
    }
    /// For a file thread, which waits for others that dispose.
    [[nodiscard]] disposal::leftovers give_back_leftovers() const {
        const std::unique_lock alone(leftovers_);
        return disposer_.give_back_leftovers();
    }
    [[nodiscard]] watch::watch_loop& watcher() noexcept { return watcher_; }
    [[nodiscard]] std::string absolute(const std::string& path) const {
        return options_.watch.path + "/" + path;
    }

    /// It has its outcome and stands there still.
    void remember(file_fingerprint print) { watcher_.remember(print); }
    [[nodiscard]] bool remembers(file_fingerprint print) const { return watcher_.remembers(print); }
    /// It has left the folder.
    void left(file_fingerprint print) { watcher_.forget(print); }
    /// It is taken again when it is seen.
    void release(file_fingerprint print) { watcher_.release(print); }
    /// It changed on its way: it settles again with twice the wait.
    void changed(const watch::found_file& file) {
        watcher_.release(file.print);
        watcher_.changed_on_the_way(file.path);
    }
    /// It stays with a reason until something changes.
    void hold(file_fingerprint print) {
        ++held_;
        watcher_.hold(print);
    }
    /// Whether it was rejected, as it is now and with its sidecars as they are now.
    [[nodiscard]] bool has_rejected(const journey& each) const {
        return each.beside && watcher_.remembers(mark_of(each));
    }
    /// It is rejected and stays: passed over until one of its sidecars changes, or `look_again`.
    void reject_beside(const journey& each) {
        watcher_.remember(mark_of(each));
        watcher_.hold(each.file.print);
        rejected_beside_.add({each.file.path, each.file.print, each.beside.value_or(0)});
    }
    [[nodiscard]] beside_tracker& rejected_beside() noexcept { return rejected_beside_; }
    /// It lacks its end and is passed over until `look_again_at`.
    void set_aside(file_fingerprint print) { watcher_.hold(print); }
    void look_again_at(file_fingerprint print, const std::string& path) {
        watcher_.look_again_at(print, path);
    }

    /// Held pictures are met anew: what they waited for may be there.
    void look_again() {
        held_ = 0;
        watcher_.look_again();
    }

    [[nodiscard]] std::size_t held() const noexcept { return held_; }

private:
    [[nodiscard]] file_fingerprint mark_of(const journey& each) const {
        return fingerprint(options_.watch.path, each.file.path, each.rejected_identity());
    }

    const config::watch_block& options_;
    intake::label_rules labels_;
    watch::watch_loop& watcher_;
    disposal::disposer disposer_;
    beside_tracker rejected_beside_;
    mutable std::shared_mutex leftovers_;
    std::size_t held_ = 0;
};

} // namespace retraind::pipeline
