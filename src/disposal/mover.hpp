#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "retraind/disposal/disposal_rules.hpp"
#include "retraind/disposal/file_calls.hpp"

namespace retraind::disposal {

/// Where a file is to go: the first of its numbered names that is free there.
struct target {
    int folder = -1;
    std::string name;
    std::size_t limit = 0; ///< bytes of a name
    /// A file of the same folder that gets its place beside the picture, before it.
    std::optional<std::string> reason;
    std::string ending = std::string(reason_ending); ///< what it is called behind the name
};

/// What became of a move: 0 and the name it has now, or an errno and everything as it was.
struct moved {
    int failure = 0;
    std::string name;
};

/// Moves that never replace anything, on any file system: without a replacing rename, else link and
/// unlink, else a copy that must be new, flushed before its source goes. Blocking.
class mover {
public:
    /// What a move fails with when its source was written to while it was being copied: no call
    /// that is made here fails so.
    static constexpr int written_meanwhile = 26; // ETXTBSY

    mover(file_calls& calls, std::function<std::uint64_t()> random)
        : calls_(calls), random_(std::move(random)) {}

    /// To exactly that name; EEXIST where it is taken, EXDEV for another file system.
    [[nodiscard]] int move_new(const place& from, const place& to);
    /// To the first free name, on another file system as well.
    [[nodiscard]] moved move_to_free_name(const place& from, const target& to);
    /// A new file with these bytes, flushed; 0 or an errno.
    [[nodiscard]] int write_new(const place& at, const std::string& text);
    /// The same, piece by piece; EIO where a piece cannot be had.
    [[nodiscard]] int write_new(const place& at,
                                const std::function<std::optional<std::string>()>& next);
    /// Gives a file of the folder, `part`, its place as NAME + ending with the first number that is
    /// free there; the name without the ending.
    [[nodiscard]] moved place_beside(const place& part, const target& to);

private:
    [[nodiscard]] moved try_names(const place& from, const target& to);
    [[nodiscard]] int move_with_reason(const place& from, const place& to, const target& whole);
    [[nodiscard]] moved move_across(const place& from, const target& to);
    [[nodiscard]] int link_and_unlink(const place& from, const place& to);
    [[nodiscard]] int copy_and_unlink(const place& from, const place& to);
    [[nodiscard]] int copy(const place& from, const place& to);
    [[nodiscard]] int copy_bytes(int source, int copied);
    /// Removes what was begun and failed; says the failure that it failed with.
    int take_back(const place& begun, int failure);

    file_calls& calls_;
    std::function<std::uint64_t()> random_;
};

} // namespace retraind::disposal
