#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

#include "sandbox/http/fault_plan.hpp"

namespace sandbox::http {

/// The faults file on the disk and the plan it makes. Read again whenever its identity, size or
/// time changed, with all counts at zero; a file that is gone or wrong means no faults, and
/// `complain` gets a sentence once. One thread.
class fault_store {
public:
    using complaint = std::function<void(std::string_view)>;

    /// An empty `file` means that there are never faults.
    fault_store(std::filesystem::path file, complaint complain);

    /// The plan as the file stands now.
    [[nodiscard]] fault_plan& current();

private:
    struct identity {
        std::uint64_t device = 0;
        std::uint64_t inode = 0;
        std::int64_t size = 0;
        std::int64_t modified_seconds = 0;
        std::int64_t modified_nanoseconds = 0;
        bool operator==(const identity&) const = default;
    };

    [[nodiscard]] std::optional<identity> look() const;
    void read();

    std::filesystem::path file_;
    complaint complain_;
    std::optional<std::optional<identity>> seen_; ///< outer: whether it was looked at at all
    fault_plan plan_;
};

} // namespace sandbox::http
