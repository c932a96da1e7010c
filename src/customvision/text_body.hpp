#pragma once

#include "retraind/http/body_source.hpp"

#include <string>
#include <utility>

namespace retraind::customvision {

/// A body of a few bytes that is there as a whole.
class text_body final : public http::body_source {
public:
    explicit text_body(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] std::uint64_t size() const noexcept override { return text_.size(); }
    [[nodiscard]] task<result<std::span<const std::byte>>> next() override {
        const auto rest = std::as_bytes(std::span(text_)).subspan(given_ ? text_.size() : 0);
        given_ = true;
        co_return rest;
    }

private:
    std::string text_;
    bool given_ = false;
};

} // namespace retraind::customvision
