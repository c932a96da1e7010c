#include "retraind/pipeline/shrunken_picture.hpp"

#include "retraind/base/text.hpp"

namespace retraind::pipeline {

shrunken_reader::shrunken_reader(std::shared_ptr<const shrunken_picture> picture, std::string path,
                                 const file_identity& planned,
                                 const std::optional<sha256>& original)
    : picture_(std::move(picture)),
      path_(std::move(path)),
      planned_(planned),
      original_(original) {}

result<void> shrunken_reader::open() {
    source_.reset();
    offset_ = 0;
    result<intake::image_file> file = intake::image_file::open(path_);
    if (!file) {
        return tl::unexpected(std::move(file.error()));
    }
    if (const result<void> same = file->expect(planned_); !same) {
        return tl::unexpected(same.error().in(printable(path_)));
    }
    source_ = std::move(*file);
    return {};
}

result<std::size_t> shrunken_reader::read(std::span<std::byte> into) {
    const result<std::size_t> got = picture_->read_at(offset_, into);
    if (!got) {
        return tl::unexpected(got.error().in(printable(path_)));
    }
    offset_ += *got;
    return got;
}

result<void> shrunken_reader::close() {
    if (!source_) {
        return fail(errc::invalid, printable(path_) + ": closed before it was opened");
    }
    const intake::image_file last = *std::move(source_);
    source_.reset();
    if (const result<void> same = last.expect(planned_); !same) {
        return tl::unexpected(same.error().in(printable(path_)));
    }
    return {};
}

} // namespace retraind::pipeline
