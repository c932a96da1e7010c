#pragma once

#include <array>
#include <csetjmp>
#include <optional>

#include <png.h>

#include "retraind/base/error.hpp"

namespace retraind::imaging {

/// How libpng's failures come back to us: by a long jump, so that what runs inside of it owns
/// nothing and every buffer is a member of something that lives outside. The error pointer of the
/// library's structure is one of these.
struct png_failure {
    std::jmp_buf place{};
    std::array<char, 200> message{};
    std::optional<error> own; ///< of our input or output, which then is the reason

    /// False where libpng left `step` by a long jump.
    template <class Step>
    [[nodiscard]] bool run(Step step) {
        if (setjmp(place) != 0) {
            return false;
        }
        step();
        return true;
    }

    /// Our own error where there is one, else libpng's sentence.
    [[nodiscard]] tl::unexpected<error> say() const;
};

/// libpng's error function.
[[noreturn]] void leave_png(png_structp png, png_const_charp message);
/// libpng's warning function: what it only warns of changes no pixel.
void ignore_png_warning(png_structp png, png_const_charp message);

} // namespace retraind::imaging
