#include "retraind/pipeline/oversize_shrinker.hpp"

#include <utility>

#include "retraind/base/text.hpp"

namespace retraind::pipeline {
namespace {

imaging::picture_kind kind_of(intake::image_format format) {
    switch (format) {
    case intake::image_format::jpeg:
        return imaging::picture_kind::jpeg;
    case intake::image_format::png:
        return imaging::picture_kind::png;
    case intake::image_format::gif:
        return imaging::picture_kind::gif;
    case intake::image_format::bmp:
        return imaging::picture_kind::bmp;
    }
    return imaging::picture_kind::jpeg;
}

imaging::shrink_limits service_limits() {
    const intake::picture_limits limits;
    return {limits.max_bytes, limits.max_side};
}

/// What a file's bytes say about those of a smaller picture: nothing where that has another
/// encoding.
std::uint64_t telling_bytes(const oversize_picture& picture) {
    const bool same = picture.whole.format == intake::image_format::png ||
                      picture.whole.format == intake::image_format::jpeg;
    return same ? picture.planned.size : 0;
}

} // namespace

/// The picture's file as `imaging` pulls it.
class shrink_job::source final : public imaging::byte_input {
public:
    explicit source(intake::image_file file) : file_(std::move(file)) {}

    result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
        return file_.read_at(offset, into);
    }
    [[nodiscard]] result<void> expect(const file_identity& planned) const {
        return file_.expect(planned);
    }

private:
    intake::image_file file_;
};

shrink_job::shrink_job(oversize_picture picture, std::string folder)
    : picture_(std::move(picture)),
      folder_(std::move(folder)),
      rules_(imaging::encoding_of(kind_of(picture_.whole.format)), picture_.whole.width,
             picture_.whole.height, telling_bytes(picture_), service_limits()) {}

shrink_job::~shrink_job() = default;

result<void> shrink_job::begin() {
    result<intake::image_file> file = intake::image_file::open(picture_.path);
    if (!file) {
        return tl::unexpected(std::move(file.error()));
    }
    result<imaging::scratch_file> into = imaging::scratch_file::create(folder_);
    if (!into) {
        return tl::unexpected(std::move(into.error()));
    }
    source_ = std::make_unique<source>(std::move(*file));
    into_ = std::move(*into);
    return source_->expect(picture_.planned);
}

result<std::optional<shrinking>> shrink_job::attempt() {
    const result<void> ready = source_ ? into_->clear() : begin();
    if (!ready) {
        return tl::unexpected(ready.error().in(printable(picture_.path)));
    }
    const std::optional<imaging::shrink_attempt> wanted = rules_.next();
    if (!wanted) {
        return std::optional(refused("no smaller one has few enough bytes"));
    }
    const result<imaging::shrink_result> done = imaging::shrink(
        *source_, kind_of(picture_.whole.format), *wanted, service_limits().max_bytes, *into_);
    // First, because a file that is written to is damaged for as long as that takes.
    if (const result<void> same = source_->expect(picture_.planned); !same) {
        return tl::unexpected(same.error().in(printable(picture_.path)));
    }
    if (!done && done.error().code == errc::invalid) {
        return std::optional(refused(done.error().message));
    }
    if (!done) {
        return tl::unexpected(done.error().in(printable(picture_.path)));
    }
    return judge(*wanted, *done);
}

result<std::optional<shrinking>> shrink_job::judge(const imaging::shrink_attempt& tried,
                                                   const imaging::shrink_result& done) {
    if (!done.fits) {
        rules_.on_too_large(done.bytes, done.rows);
        return std::nullopt;
    }
    return std::optional<shrinking>(
        std::make_shared<const shrunken_picture>(*std::move(into_), tried));
}

shrinking shrink_job::refused(std::string_view why) const {
    return intake::refuse_unshrinkable(picture_.whole, picture_.planned.size, why);
}

task<result<shrinking>> shrink_oversize(runtime::workers& files, runtime::stop_signal& stop,
                                        oversize_picture picture, std::string folder) {
    // Shared, so that its last owner can be a file thread: closing a file may block as well.
    auto job = std::make_shared<shrink_job>(std::move(picture), std::move(folder));
    std::optional<result<shrinking>> ended;
    while (!ended) {
        if (stop.requested()) {
            ended = fail(errc::cancelled, "the daemon is stopping");
            break;
        }
        auto work = [&job] {
            return job->attempt();
        };
        result<std::optional<shrinking>> tried = co_await files.run(work);
        if (!tried) {
            ended = tl::unexpected(std::move(tried.error()));
        } else if (*tried) {
            ended = std::move(**tried);
        }
    }
    auto close = [&job] {
        job.reset();
    };
    co_await files.run(close);
    co_return std::move(*ended);
}

} // namespace retraind::pipeline
