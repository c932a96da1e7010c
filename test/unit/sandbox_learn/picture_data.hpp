#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <stdexcept>
#include <string>

#include "sandbox/learn/result.hpp"

namespace sandbox::test {

inline std::string read_data(const std::string& name) {
    std::ifstream stream(std::filesystem::path(RETRAIND_TEST_DATA) / "sandbox_learn" / name,
                         std::ios::binary);
    if (!stream) {
        throw std::runtime_error(name + " is not among the test data");
    }
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

inline learn::bytes_view bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text));
}

/// The files that show the scene of test/data/sandbox_learn/README.md or a part of it.
inline constexpr const char* small_pictures[] = {
    "baseline.jpg",    "progressive.jpg", "grey.jpg",        "cmyk.jpg",    "preview.jpg",
    "rgb.png",         "palette.png",     "transparent.png", "grey16.png",  "interlaced.png",
    "plain.gif",       "interlaced.gif",  "animated.gif",    "rgb.bmp",     "palette.bmp",
    "transparent.gif", "white.bmp",       "rgb32.bmp",       "top_down.bmp"};

} // namespace sandbox::test
