#include "gif_reader.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <gif_lib.h>

#include "retraind/base/units.hpp"

namespace retraind::imaging {
namespace {

constexpr std::size_t buffer_bytes = std::size_t{16} << 10;

class gif_reader final : public row_source {
public:
    explicit gif_reader(byte_input& file) : file_(file), buffer_(buffer_bytes) {}
    ~gif_reader() override {
        int ignored = 0;
        if (gif_ != nullptr) {
            DGifCloseFile(gif_, &ignored);
        }
    }
    gif_reader(const gif_reader&) = delete;
    gif_reader& operator=(const gif_reader&) = delete;

    result<void> start() {
        int failure = 0;
        gif_ = DGifOpen(this, read, &failure);
        if (gif_ == nullptr) {
            return says(failure);
        }
        if (const result<void> found = find_frame(); !found) {
            return found;
        }
        return gif_->Image.Interlace ? read_whole() : result<void>();
    }

    [[nodiscard]] const row_format& format() const noexcept override { return format_; }
    [[nodiscard]] const attachments& beside() const noexcept override { return beside_; }

    result<void> next(std::span<std::uint8_t> row) override {
        const std::uint32_t at = given_++;
        std::fill(row.begin(), row.end(), std::uint8_t{0});
        const auto top = static_cast<std::uint32_t>(gif_->Image.Top);
        if (at < top || at - top >= static_cast<std::uint32_t>(gif_->Image.Height)) {
            return {};
        }
        if (!whole_.empty()) {
            paint(std::span(whole_).subspan((at - top) * line_.size(), line_.size()), row);
            return {};
        }
        if (DGifGetLine(gif_, line_.data(), static_cast<int>(line_.size())) == GIF_ERROR) {
            return says(gif_->Error);
        }
        paint(line_, row);
        return {};
    }

private:
    static int read(GifFileType* gif, GifByteType* into, int count) {
        auto& self = *static_cast<gif_reader*>(gif->UserData);
        return self.take({into, static_cast<std::size_t>(count)});
    }

    int take(std::span<GifByteType> into) {
        int taken = 0;
        while (!into.empty() && (begin_ < end_ || refill())) {
            const std::size_t count = std::min(into.size(), end_ - begin_);
            std::transform(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                           buffer_.begin() + static_cast<std::ptrdiff_t>(begin_ + count),
                           into.begin(),
                           [](std::byte each) { return std::to_integer<GifByteType>(each); });
            begin_ += count;
            taken += static_cast<int>(count);
            into = into.subspan(count);
        }
        return taken;
    }

    bool refill() {
        const result<std::size_t> got = file_.read_at(offset_, buffer_);
        if (!got) {
            own_ = got.error();
            return false;
        }
        offset_ += *got;
        begin_ = 0;
        end_ = *got;
        return *got > 0;
    }

    [[nodiscard]] tl::unexpected<error> says(int code) const {
        if (own_) {
            return tl::unexpected(*own_);
        }
        const char* sentence = GifErrorString(code);
        return fail(errc::invalid, fmt::format("the GIF cannot be read: {}",
                                               sentence == nullptr ? "it is damaged" : sentence));
    }

    /// Up to the first frame's pixels; the last graphics block before them is theirs.
    result<void> find_frame() {
        for (;;) {
            GifRecordType kind = UNDEFINED_RECORD_TYPE;
            if (DGifGetRecordType(gif_, &kind) == GIF_ERROR) {
                return says(gif_->Error);
            }
            if (kind == IMAGE_DESC_RECORD_TYPE) {
                return take_frame();
            }
            if (kind == TERMINATE_RECORD_TYPE) {
                return fail(errc::invalid, "the GIF cannot be read: it ends without a picture");
            }
            if (kind == EXTENSION_RECORD_TYPE && !take_extension()) {
                return says(gif_->Error);
            }
        }
    }

    bool take_extension() {
        int code = 0;
        GifByteType* block = nullptr;
        if (DGifGetExtension(gif_, &code, &block) == GIF_ERROR) {
            return false;
        }
        while (block != nullptr) {
            GraphicsControlBlock control{};
            const bool graphics = code == GRAPHICS_EXT_FUNC_CODE &&
                                  DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK;
            if (graphics) {
                transparent_ = control.TransparentColor;
            }
            if (DGifGetExtensionNext(gif_, &block) == GIF_ERROR) {
                return false;
            }
        }
        return true;
    }

    result<void> take_frame() {
        if (DGifGetImageDesc(gif_) == GIF_ERROR) {
            return says(gif_->Error);
        }
        const GifImageDesc& frame = gif_->Image;
        const ColorMapObject* map = frame.ColorMap != nullptr ? frame.ColorMap : gif_->SColorMap;
        if (map == nullptr) {
            return fail(errc::invalid, "the GIF cannot be read: it has no colours");
        }
        colours_.assign(map->Colors, map->Colors + map->ColorCount);
        const auto side = [](GifWord screen, GifWord whole) {
            return static_cast<std::uint32_t>(screen > 0 ? screen : whole);
        };
        format_.width = side(gif_->SWidth, frame.Width);
        format_.height = side(gif_->SHeight, frame.Height);
        if (frame.Width < 1 || frame.Height < 1 || frame.Left < 0 || frame.Top < 0) {
            return fail(errc::invalid, "the GIF cannot be read: its frame has no size");
        }
        const auto right =
            static_cast<std::uint32_t>(frame.Left) + static_cast<std::uint32_t>(frame.Width);
        const auto bottom =
            static_cast<std::uint32_t>(frame.Top) + static_cast<std::uint32_t>(frame.Height);
        const bool covers =
            frame.Left == 0 && frame.Top == 0 && right >= format_.width && bottom >= format_.height;
        format_.kind =
            covers && transparent_ == NO_TRANSPARENT_COLOR ? colours::rgb : colours::rgba;
        line_.resize(static_cast<std::size_t>(frame.Width));
        return {};
    }

    result<void> read_whole() {
        const auto height = static_cast<std::size_t>(gif_->Image.Height);
        const std::uint64_t bytes = std::uint64_t{line_.size()} * height;
        if (bytes > most_held_bytes) {
            return fail(errc::invalid,
                        fmt::format("the GIF is interlaced and has {} pixels; at most {} can be "
                                    "held",
                                    format_count(bytes), format_count(most_held_bytes)));
        }
        whole_.resize(bytes);
        struct pass {
            std::size_t first;
            std::size_t step;
        };
        for (const pass each : {pass{0, 8}, pass{4, 8}, pass{2, 4}, pass{1, 2}}) {
            for (std::size_t row = each.first; row < height; row += each.step) {
                GifPixelType* into = whole_.data() + row * line_.size();
                if (DGifGetLine(gif_, into, static_cast<int>(line_.size())) == GIF_ERROR) {
                    return says(gif_->Error);
                }
            }
        }
        return {};
    }

    void paint(std::span<const GifPixelType> line, std::span<std::uint8_t> row) const {
        const unsigned channels = channels_of(format_.kind);
        const auto left = static_cast<std::size_t>(gif_->Image.Left);
        for (std::size_t at = 0; at < line.size() && left + at < format_.width; ++at) {
            const unsigned index = line[at];
            if (index >= colours_.size() || static_cast<int>(index) == transparent_) {
                continue;
            }
            std::uint8_t* pixel = row.data() + (left + at) * channels;
            pixel[0] = colours_[index].Red;
            pixel[1] = colours_[index].Green;
            pixel[2] = colours_[index].Blue;
            if (channels == 4) {
                pixel[3] = 0xFF;
            }
        }
    }

    byte_input& file_;
    std::optional<error> own_;
    GifFileType* gif_ = nullptr;
    std::vector<std::byte> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::uint64_t offset_ = 0;
    row_format format_;
    attachments beside_;
    int transparent_ = NO_TRANSPARENT_COLOR;
    std::vector<GifColorType> colours_;
    std::vector<GifPixelType> line_;
    std::vector<GifPixelType> whole_; ///< of an interlaced frame
    std::uint32_t given_ = 0;
};

} // namespace

result<std::unique_ptr<row_source>> open_gif(byte_input& file) {
    auto reader = std::make_unique<gif_reader>(file);
    if (const result<void> started = reader->start(); !started) {
        return tl::unexpected(started.error());
    }
    return reader;
}

} // namespace retraind::imaging
