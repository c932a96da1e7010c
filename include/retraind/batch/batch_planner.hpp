#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/batch/options.hpp"

namespace retraind::batch {

/// The caller's name for a picture, unique among those that are planned.
using item_id = std::uint64_t;

/// A picture that is ready to be sent.
struct item {
    item_id id = 0;
    std::uint64_t encoded_bytes = 0; ///< what its entry adds to the request's body
    std::vector<std::string> tags;   ///< opaque keys of its tags; unique
    std::string group{};             ///< opaque; pictures of different groups never meet in a batch
};

/// Fills requests. A batch begins with the oldest picture of a group, then takes, oldest first,
/// every one of that group that still has room in it by images, distinct tags and bytes; those that
/// have none keep their place. So order is that of arrival within every batch and within what is
/// left, a group's oldest picture is in its very next batch and none starves; with many classes the
/// batches are full all the same.
class batch_planner {
public:
    explicit batch_planner(const options& limits);

    /// False, and nothing is planned, for a picture with more tags than a batch may have.
    [[nodiscard]] bool add(item picture, mono_time now);

    /// Pictures that were in a batch that was not sent: to the front, in their order, as old as
    /// `since` says.
    void put_back(std::vector<item> pictures, mono_time since);

    /// The next batch, if it is time: it is full, something of its group waits that has no room in
    /// it, or its oldest picture has waited for `linger`. A group whose batch is full does not wait
    /// for one that lingers. `capacity` is what the entries may add to the body (`max_bytes` and
    /// the learned budget, less the envelope); a picture larger than that goes alone. The pictures
    /// are no longer planned then.
    [[nodiscard]] std::optional<std::vector<item>> next(mono_time now, std::uint64_t capacity);

    /// The next batch at any time, for a drain; nothing when nothing is planned.
    [[nodiscard]] std::optional<std::vector<item>> take(std::uint64_t capacity);

    /// When `next` yields a batch at the latest; nothing when nothing is planned.
    [[nodiscard]] std::optional<mono_time> due_at() const;

    /// False for one that is not planned.
    bool remove(item_id id);

    [[nodiscard]] std::size_t size() const noexcept { return waiting_.size(); }

private:
    struct entry {
        item picture;
        mono_time since;
    };
    struct selection {
        std::vector<std::size_t> positions; ///< ascending
        bool full = false;
    };

    /// Where the oldest picture of each group stands, ascending.
    [[nodiscard]] std::vector<std::size_t> heads() const;
    [[nodiscard]] selection select(std::size_t head, std::uint64_t capacity) const;
    [[nodiscard]] std::vector<item> extract(const selection& chosen);

    options limits_;
    std::deque<entry> waiting_; ///< in the order of arrival
};

} // namespace retraind::batch
