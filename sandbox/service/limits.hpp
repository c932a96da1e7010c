#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The published limits (CONTRACT.md sections 2 and 4).
namespace sandbox::service {

inline constexpr std::size_t images_per_batch = 64;
inline constexpr std::size_t tags_per_batch = 20;
inline constexpr std::size_t image_tags_per_call = 128;
inline constexpr std::size_t untag_images_per_call = 64;
inline constexpr std::size_t regions_per_call = 64;
inline constexpr std::size_t ids_per_call = 256;
inline constexpr std::size_t metadata_images_per_call = 64;
inline constexpr std::size_t prediction_ids_per_call = 64;
inline constexpr std::size_t query_tags_max = 2;
inline constexpr std::size_t query_results_default = 64;
inline constexpr std::size_t query_results_max = 256;
inline constexpr std::size_t filter_tags = 20;
inline constexpr std::size_t page_default = 50;
inline constexpr std::size_t page_max = 256;

inline constexpr std::size_t training_image_bytes = 6UL * 1024 * 1024;
inline constexpr std::size_t prediction_image_bytes = 4UL * 1024 * 1024;
inline constexpr unsigned image_side_max = 10'240;
inline constexpr unsigned image_aspect_max = 25;

inline constexpr std::size_t tags_per_image = 100;
inline constexpr std::size_t regions_per_image = 300;
inline constexpr std::size_t metadata_pairs = 50;
inline constexpr std::size_t metadata_key_length = 256;
inline constexpr std::size_t metadata_value_length = 512; ///< as .NET counts characters
/// Comparisons of a $filter. Nobody published one; it stays well below what SQLite nests.
inline constexpr std::size_t filter_comparisons = 100;

inline constexpr std::int64_t stored_prediction_days = 30;

inline constexpr std::size_t training_tags_min = 2;
inline constexpr std::size_t images_per_tag_min = 5;
inline constexpr std::size_t iterations_per_project = 20;

/// What depends on the pricing tier.
struct tier_limits {
    std::size_t projects = 100;
    std::size_t images_per_project = 100'000;
    std::size_t tags_per_project = 500;
    std::size_t predictions_per_month = 0; ///< 0: any number
};

/// "F0" (any case) is the free tier; everything else counts as S0.
[[nodiscard]] constexpr tier_limits limits_of(std::string_view tier) {
    const bool free = tier.size() == 2 && (tier[0] == 'F' || tier[0] == 'f') && tier[1] == '0';
    return free ? tier_limits{2, 5'000, 50, 10'000} : tier_limits{};
}

} // namespace sandbox::service
