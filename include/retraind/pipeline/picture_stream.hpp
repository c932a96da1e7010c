#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "retraind/customvision/image_batch.hpp"
#include "retraind/intake/picture_reader.hpp"
#include "retraind/pipeline/shrunken_picture.hpp"

namespace retraind::pipeline {

/// A planned file as the request's body pulls it: joins `intake` and `customvision`,
/// and `imaging` where a smaller picture goes out for it. Used by a file
/// thread while the request goes out, and by the loop before and after.
class picture_stream final : public customvision::picture_source {
public:
    picture_stream(std::string path, const file_identity& planned)
        : reader_(intake::picture_reader(std::move(path), planned)) {}
    /// What goes out instead of the file.
    explicit picture_stream(shrunken_reader smaller) : reader_(std::move(smaller)) {}

    result<void> open() override {
        return std::visit([this](auto& reader) { return noted(reader.open()); }, reader_);
    }
    result<std::size_t> read(std::span<std::byte> into) override {
        return std::visit([this, into](auto& reader) { return noted(reader.read(into)); }, reader_);
    }
    result<void> close() override {
        return std::visit([this](auto& reader) { return noted(reader.close()); }, reader_);
    }

    /// What kept it from being sent; nothing where nothing did.
    [[nodiscard]] const std::optional<error>& failure() const noexcept { return failure_; }
    /// Of the file, whatever went out for it.
    [[nodiscard]] const std::optional<sha256>& digest() const noexcept {
        return std::visit([](const auto& reader) -> auto& { return reader.digest(); }, reader_);
    }

private:
    template <class Result>
    Result noted(Result done) {
        if (!done) {
            failure_ = done.error();
        }
        return done;
    }

    std::variant<intake::picture_reader, shrunken_reader> reader_;
    std::optional<error> failure_;
};

} // namespace retraind::pipeline
