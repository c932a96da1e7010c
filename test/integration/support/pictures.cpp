#include "pictures.hpp"

#include <random>

#include "program.hpp"

namespace retraind::testing {
namespace {

void put(std::string& bytes, std::uint32_t value, int width) {
    for (int at = 0; at < width; ++at) {
        bytes += static_cast<char>(value >> (8 * at) & 0xff);
    }
}

/// The headers of an uncompressed 24-bit BMP.
std::string bmp_head(std::uint32_t width, std::uint32_t height) {
    constexpr std::uint32_t head = 54;
    const std::uint32_t pixels = (width * 3 + 3) / 4 * 4 * height;
    std::string bytes = "BM";
    put(bytes, head + pixels, 4);
    put(bytes, 0, 4);
    put(bytes, head, 4);
    put(bytes, 40, 4);
    put(bytes, width, 4);
    put(bytes, height, 4);
    put(bytes, 1, 2);
    put(bytes, 24, 2);
    put(bytes, 0, 4);
    put(bytes, pixels, 4);
    put(bytes, 2835, 4);
    put(bytes, 2835, 4);
    put(bytes, 0, 4);
    put(bytes, 0, 4);
    return bytes;
}

} // namespace

std::string striped_picture(bool upright, std::uint32_t seed) {
    constexpr std::uint32_t side = 32;
    std::mt19937 random(seed * 2 + (upright ? 1 : 0));
    const std::uint32_t phase = random() % 8;
    std::string bytes = bmp_head(side, side);
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
            const bool light = ((upright ? x : y) + phase) / 4 % 2 == 0;
            const std::uint32_t shade = (light ? 190 : 40) + random() % 24;
            put(bytes, shade | shade << 8 | shade << 16, 3);
        }
    }
    return bytes;
}

std::string noise_picture(std::uint64_t bytes, std::uint32_t seed) {
    constexpr std::uint32_t width = 1024;
    const auto height = static_cast<std::uint32_t>(bytes / (width * 3) + 1);
    std::string picture = bmp_head(width, height);
    std::mt19937 random(seed);
    const std::size_t whole = picture.size() + std::size_t{width} * 3 * height;
    while (picture.size() < whole) {
        put(picture, random(), 4);
    }
    picture.resize(whole);
    return picture;
}

std::string jpeg_picture() {
    return read_file(std::filesystem::path(RETRAIND_TEST_DATA) / "integration" / "small.jpg");
}

void drop_pictures(const std::filesystem::path& folder, std::uint32_t count,
                   std::uint32_t first_seed) {
    for (std::uint32_t seed = first_seed; seed < first_seed + count; ++seed) {
        const std::string name = std::to_string(seed) + ".bmp";
        write_file(folder / "upright" / name, striped_picture(true, seed));
        write_file(folder / "level" / name, striped_picture(false, seed));
    }
}

} // namespace retraind::testing
