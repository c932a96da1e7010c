#pragma once

#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <optional>

// Needs std::size_t and FILE before it.
#include <jpeglib.h>

#include "retraind/base/error.hpp"

namespace retraind::imaging {

/// How libjpeg's failures come back to us: by a long jump, so that what runs inside of it owns
/// nothing and every buffer is a member of something that lives outside.
struct jpeg_failure {
    jpeg_error_mgr manager{}; ///< first: libjpeg hands out its address
    std::jmp_buf place{};
    std::array<char, JMSG_LENGTH_MAX> message{};
    std::optional<error> own; ///< of our input or output, which then is the reason

    jpeg_failure();

    /// False where libjpeg left `step` by a long jump.
    template <class Step>
    [[nodiscard]] bool run(Step step) {
        if (setjmp(place) != 0) {
            return false;
        }
        step();
        return true;
    }

    /// Our own error where there is one, else libjpeg's sentence.
    [[nodiscard]] tl::unexpected<error> say() const;
};

/// The failure that belongs to a compressor or decompressor.
[[nodiscard]] jpeg_failure& failure_of(j_common_ptr common);

/// Ends what libjpeg does and has `run` return false.
[[noreturn]] void leave_jpeg(j_common_ptr common);

} // namespace retraind::imaging
