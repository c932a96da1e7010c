#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "retraind/base/file_identity.hpp"

namespace retraind::pipeline {

/// A rejected picture that stays, with sidecars beside it.
struct beside_file {
    std::string path; ///< below the watched folder
    file_fingerprint print;
    std::uint64_t state = 0; ///< of its sidecars

    bool operator==(const beside_file&) const = default;
};

/// Pictures of one folder that are rejected and stay, whose sidecars may be mended. Pure.
class beside_tracker {
public:
    /// Their paths are in memory; of more, those that came last wait for a look at everything.
    static constexpr std::size_t most = 10'000;

    void add(beside_file file);
    void forget(const std::string& path);
    [[nodiscard]] std::vector<beside_file> all() const;
    [[nodiscard]] bool empty() const noexcept { return files_.empty(); }

private:
    std::map<std::string, beside_file> files_; ///< by path
};

} // namespace retraind::pipeline
