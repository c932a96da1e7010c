#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "disposal/mover.hpp"
#include "disposal/open_folder.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/disposal/file_calls.hpp"

namespace retraind::disposal {

/// A file under a reserved name, out of the way of who writes to its own. It must be ended by
/// `give_back`, or by moving or deleting `held()` and then `close`.
class reservation {
public:
    reservation(file_calls& calls, std::function<std::uint64_t()> random, place original)
        : calls_(calls), random_(std::move(random)), original_(std::move(original)) {}

    /// Renames it; 0 or an errno and everything as it was.
    [[nodiscard]] int begin();
    [[nodiscard]] const place& held() const noexcept { return held_; }
    /// Under its own name, or a numbered one where that was taken meanwhile.
    [[nodiscard]] moved give_back();
    /// After the file has left: lets go of what held it.
    void close();

private:
    [[nodiscard]] int begin_in_folder();

    file_calls& calls_;
    std::function<std::uint64_t()> random_;
    place original_;
    place held_;
    place holder_;      ///< the reserved folder, where the name is too long for a reserved name
    descriptor inside_; ///< that folder, open
};

enum class look { same, different, missing, failed };

/// Compares what stands at `at` with what was read. A symbolic link is compared by what it leads to
/// from `home`, the folder that it stood in. `failed` leaves the reason in errno.
[[nodiscard]] look compare(const place& at, int home, const file_identity& sent);

} // namespace retraind::disposal
