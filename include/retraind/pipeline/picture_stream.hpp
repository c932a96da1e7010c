#pragma once

#include <optional>
#include <string>

#include "retraind/customvision/image_batch.hpp"
#include "retraind/intake/picture_reader.hpp"

namespace retraind::pipeline {

/// A planned file as the request's body pulls it: joins `intake` and `customvision`. Used by a file
/// thread while the request goes out, and by the loop before and after.
class picture_stream final : public customvision::picture_source {
public:
    picture_stream(std::string path, const file_identity& planned)
        : reader_(std::move(path), planned) {}

    result<void> open() override { return noted(reader_.open()); }
    result<std::size_t> read(std::span<std::byte> into) override {
        return noted(reader_.read(into));
    }
    result<void> close() override { return noted(reader_.close()); }

    /// What kept it from being sent; nothing where nothing did.
    [[nodiscard]] const std::optional<error>& failure() const noexcept { return failure_; }
    [[nodiscard]] const std::optional<sha256>& digest() const noexcept { return reader_.digest(); }

private:
    template <class Result>
    Result noted(Result done) {
        if (!done) {
            failure_ = done.error();
        }
        return done;
    }

    intake::picture_reader reader_;
    std::optional<error> failure_;
};

} // namespace retraind::pipeline
