#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "disposal/mover.hpp"
#include "disposal/open_folder.hpp"
#include "disposal/reservation.hpp"
#include "retraind/disposal/disposer.hpp"

namespace retraind::disposal {

/// A word for reserved names that nobody can foresee.
[[nodiscard]] std::uint64_t draw_random();

/// Disposes of the files of one call, keeping folders open until all are done.
class file_disposal {
public:
    file_disposal(const std::string& folder, const options& chosen, file_calls& calls);

    [[nodiscard]] disposal dispose(const settled_file& file);
    /// Sends the file's companions after it; what fails is added to `problems`.
    void follow(const settled_file& file, const done& gone_to, std::vector<error>& problems);
    [[nodiscard]] std::optional<error> sync();

private:
    /// One file on its way: its folder, open, and the name in it.
    struct source {
        std::string below; ///< its folder below the root
        place original;
        /// What it is to be called where it goes; empty for its own name.
        std::string new_name;
    };

    [[nodiscard]] disposal dispose(const settled_file& file, const std::string& new_name);
    [[nodiscard]] disposal take(const settled_file& file, const source& from,
                                const after_upload& action);
    [[nodiscard]] disposal remove_held(reservation& held, const source& from);
    [[nodiscard]] disposal move_held(const settled_file& file, reservation& held,
                                     const source& from, open_folders& into);
    [[nodiscard]] disposal end_move(const moved& move, const target& to, reservation& held,
                                    const source& from, const open_folders& into);
    [[nodiscard]] disposal give_back_changed(reservation& held, const source& from);
    [[nodiscard]] disposal give_back_kept(reservation& held, const source& from, error problem);
    /// Makes what stands beside a file that does not move; why that failed.
    [[nodiscard]] std::optional<error> write_beside(const settled_file& file, const source& from);
    [[nodiscard]] open_folders& destination(const std::string& root);

    const options& options_;
    file_calls& calls_;
    mover mover_;
    open_folders watched_;
    std::map<std::string, open_folders> destinations_; ///< by their root
};

} // namespace retraind::disposal
