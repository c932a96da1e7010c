#include "retraind/imaging/shrink.hpp"

#include <memory>
#include <optional>
#include <vector>

#include "bmp_reader.hpp"
#include "gif_reader.hpp"
#include "jpeg_reader.hpp"
#include "jpeg_writer.hpp"
#include "png_reader.hpp"
#include "png_writer.hpp"
#include "retraind/imaging/area_scaler.hpp"

namespace retraind::imaging {
namespace {

/// Lets so many bytes through and no more.
class limited_output final : public byte_output {
public:
    limited_output(byte_output& behind, std::uint64_t most) : behind_(behind), most_(most) {}

    result<void> write(std::span<const std::byte> bytes) override {
        if (bytes.size() > most_ - written_) {
            exceeded_ = true;
            written_ = most_;
            return fail(errc::refused, "more bytes than allowed");
        }
        written_ += bytes.size();
        return behind_.write(bytes);
    }

    [[nodiscard]] bool exceeded() const noexcept { return exceeded_; }
    [[nodiscard]] std::uint64_t written() const noexcept { return written_; }

private:
    byte_output& behind_;
    std::uint64_t most_;
    std::uint64_t written_ = 0;
    bool exceeded_ = false;
};

result<std::unique_ptr<row_source>> open(byte_input& from, picture_kind kind,
                                         const shrink_attempt& wanted) {
    switch (kind) {
    case picture_kind::jpeg:
        return open_jpeg(from, wanted.width, wanted.height);
    case picture_kind::png:
        return open_png(from);
    case picture_kind::gif:
        return open_gif(from);
    case picture_kind::bmp:
        return open_bmp(from);
    }
    return fail(errc::invalid, "a picture of an unknown kind");
}

result<std::unique_ptr<row_sink>> create(byte_output& into, picture_kind kind,
                                         const row_format& format, int quality,
                                         const attachments& beside) {
    return encoding_of(kind) == encoding::jpeg ? create_jpeg(into, format, quality, beside)
                                               : create_png(into, format, beside);
}

/// `rows` counts those that were put, however it ends.
result<void> pass_rows(row_source& from, area_scaler& scaler, row_sink& to, std::uint32_t& rows) {
    std::vector<std::uint8_t> row(from.format().row_bytes());
    for (std::uint32_t at = 0; at < from.format().height; ++at) {
        if (result<void> read = from.next(row); !read) {
            return read;
        }
        const auto smaller = scaler.add(row);
        if (!smaller) {
            continue;
        }
        if (result<void> put = to.put(*smaller); !put) {
            return put;
        }
        ++rows;
    }
    return to.finish();
}

} // namespace

encoding encoding_of(picture_kind kind) noexcept {
    const bool photo = kind == picture_kind::jpeg || kind == picture_kind::bmp;
    return photo ? encoding::jpeg : encoding::png;
}

result<shrink_result> shrink(byte_input& from, picture_kind kind, const shrink_attempt& wanted,
                             std::uint64_t max_bytes, byte_output& into) {
    const result<std::unique_ptr<row_source>> source = open(from, kind, wanted);
    if (!source) {
        return tl::unexpected(source.error());
    }
    const row_format& large = (*source)->format();
    if (large.width < wanted.width || large.height < wanted.height) {
        return fail(errc::invalid, "the picture has fewer pixels than its header says");
    }
    area_scaler scaler(large, wanted.width, wanted.height);
    limited_output limited(into, max_bytes);
    const auto sink = create(limited, kind, scaler.format(), wanted.quality, (*source)->beside());
    std::uint32_t rows = 0;
    const result<void> done =
        sink ? pass_rows(**source, scaler, **sink, rows) : tl::unexpected(sink.error());
    if (!done && !limited.exceeded()) {
        return tl::unexpected(done.error());
    }
    return shrink_result{done.has_value(), limited.written(), rows};
}

} // namespace retraind::imaging
