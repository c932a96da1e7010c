#include "png_failure.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace retraind::imaging {

tl::unexpected<error> png_failure::say() const {
    if (own) {
        return tl::unexpected(*own);
    }
    return fail(errc::invalid, fmt::format("the PNG cannot be read: {}", message.data()));
}

void leave_png(png_structp png, png_const_charp message) {
    auto& failure = *static_cast<png_failure*>(png_get_error_ptr(png));
    const std::string_view sentence = message == nullptr ? "no reason is known" : message;
    failure.message.fill('\0');
    std::copy_n(sentence.begin(), std::min(sentence.size(), failure.message.size() - 1),
                failure.message.begin());
    std::longjmp(failure.place, 1);
}

void ignore_png_warning(png_structp, png_const_charp) {}

} // namespace retraind::imaging
