#pragma once

#include <string>
#include <string_view>

namespace retraind::customvision {

/// Path and query of a request, percent-encoded in this one place: all but RFC 3986's unreserved
/// characters, UTF-8 byte by byte, as the service's names need it (CONTRACT.md section 2, notes).
/// Pure.
class request_target {
public:
    /// `prefix` is taken as it is: "/customvision/v3.3/training".
    explicit request_target(std::string prefix) : text_(std::move(prefix)) {}

    /// Adds "/segment".
    request_target& segment(std::string_view value);
    /// Adds "?name=value", or "&name=value" behind the first.
    request_target& parameter(std::string_view name, std::string_view value);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    std::string text_;
    bool has_query_ = false;
};

} // namespace retraind::customvision
