#pragma once

#include <cstdint>
#include <optional>

namespace retraind::imaging {

enum class encoding { jpeg, png };

/// The service's limits on a training picture (CONTRACT.md section 4).
struct shrink_limits {
    std::uint64_t max_bytes = 6'000'000;
    std::uint32_t max_side = 10'240; ///< pixels
};

/// How large, and how fine, a smaller picture is to be.
struct shrink_attempt {
    std::uint32_t width = 0;  ///< pixels
    std::uint32_t height = 0; ///< pixels
    int quality = 0;          ///< libjpeg's, 1 to 100; 0 where the encoding loses nothing

    bool operator==(const shrink_attempt&) const = default;
};

/// Finds the largest picture within the limits in a few attempts: the sides first, then (JPEG) the
/// quality down to one that nobody sees, then the sides again. No side grows, and the longer one
/// over the shorter never either. Pure.
class shrink_rules {
public:
    /// The picture as it is; `bytes` tells how well it packs where it has the same encoding, else
    /// 0.
    shrink_rules(encoding as, std::uint32_t width, std::uint32_t height, std::uint64_t bytes,
                 const shrink_limits& limits = {});

    /// What to try now; nothing once enough was tried.
    [[nodiscard]] std::optional<shrink_attempt> next() const;

    /// The attempt had more bytes than allowed: it was given up after `written` of them, with
    /// `rows` of its rows done.
    void on_too_large(std::uint64_t written, std::uint32_t rows);

private:
    void scale_by(double factor);

    encoding as_;
    std::uint32_t width_;
    std::uint32_t height_;
    shrink_limits limits_;
    shrink_attempt now_;
    unsigned attempts_ = 0;
};

} // namespace retraind::imaging
