#include "retraind/intake/picture_reader.hpp"

#include <algorithm>
#include <utility>

#include "retraind/base/text.hpp"

namespace retraind::intake {

picture_reader::picture_reader(std::string path, const file_identity& planned)
    : path_(std::move(path)), planned_(planned) {}

result<void> picture_reader::open() {
    pass_.reset();
    digest_.reset();
    result<image_file> file = image_file::open(path_);
    if (!file) {
        return tl::unexpected(std::move(file.error()));
    }
    if (const result<void> same = file->expect(planned_); !same) {
        return tl::unexpected(same.error().in(printable(path_)));
    }
    file->read_ahead();
    pass_.emplace(pass{*std::move(file), sha256_hasher(), 0});
    return {};
}

result<std::size_t> picture_reader::read(std::span<std::byte> into) {
    if (!pass_) {
        return fail(errc::invalid, printable(path_) + ": read before it was opened");
    }
    pass& now = *pass_;
    const std::uint64_t left = planned_.size - now.offset;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, into.size()));
    if (wanted == 0) {
        return 0;
    }
    const result<std::size_t> got = now.file.read_at(now.offset, into.first(wanted));
    if (!got) {
        return tl::unexpected(got.error().in(printable(path_)));
    }
    if (*got == 0) {
        return fail(errc::changed, printable(path_) + ": the file became shorter");
    }
    now.hasher.update(into.first(*got));
    now.offset += *got;
    return *got;
}

result<void> picture_reader::close() {
    if (!pass_) {
        return fail(errc::invalid, printable(path_) + ": closed before it was opened");
    }
    pass last = *std::move(pass_);
    pass_.reset();
    if (const result<void> same = last.file.expect(planned_); !same) {
        return tl::unexpected(same.error().in(printable(path_)));
    }
    if (last.offset == planned_.size) {
        digest_ = last.hasher.finish();
    }
    return {};
}

} // namespace retraind::intake
