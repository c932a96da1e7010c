#include "jpeg_failure.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>
// Needs jpeglib.h before it.
#include <jerror.h>

namespace retraind::imaging {
namespace {

void write_down(j_common_ptr common, std::string_view sentence) {
    auto& message = failure_of(common).message;
    message.fill('\0');
    std::copy_n(sentence.begin(), std::min(sentence.size(), message.size() - 1), message.begin());
}

void fail_with_message(j_common_ptr common) {
    if (common->err->msg_code == JERR_NO_BACKING_STORE) {
        write_down(common, "it is progressive, and more pixels than can be held");
    } else {
        (*common->err->format_message)(common, failure_of(common).message.data());
    }
    leave_jpeg(common);
}

/// What other programs only warn of would be sent as a half grey picture, and nobody would see.
void hear_warning(j_common_ptr common, int level) {
    if (level < 0 && common->err->msg_code == JWRN_HIT_MARKER) {
        write_down(common, "its data ends too early");
        leave_jpeg(common);
    }
}

} // namespace

jpeg_failure::jpeg_failure() {
    jpeg_std_error(&manager);
    manager.error_exit = fail_with_message;
    manager.emit_message = hear_warning;
}

tl::unexpected<error> jpeg_failure::say() const {
    if (own) {
        return tl::unexpected(*own);
    }
    return fail(errc::invalid, fmt::format("the JPEG cannot be read: {}", message.data()));
}

jpeg_failure& failure_of(j_common_ptr common) {
    return *reinterpret_cast<jpeg_failure*>(common->err);
}

void leave_jpeg(j_common_ptr common) {
    std::longjmp(failure_of(common).place, 1);
}

} // namespace retraind::imaging
