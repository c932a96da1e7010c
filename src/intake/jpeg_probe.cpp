#include "format_probes.hpp"

#include <optional>
#include <utility>

#include "exif_probe.hpp"

namespace retraind::intake {
namespace {

// ITU-T T.81, table B.1.
constexpr std::uint8_t tem = 0x01;
constexpr std::uint8_t sof0 = 0xC0;
constexpr std::uint8_t dht = 0xC4;
constexpr std::uint8_t jpg = 0xC8;
constexpr std::uint8_t dac = 0xCC;
constexpr std::uint8_t sof15 = 0xCF;
constexpr std::uint8_t rst0 = 0xD0;
constexpr std::uint8_t soi = 0xD8;
constexpr std::uint8_t eoi = 0xD9;
constexpr std::uint8_t sos = 0xDA;
constexpr std::uint8_t dnl = 0xDC;
constexpr std::uint8_t app1 = 0xE1;

struct marker {
    std::uint8_t code = 0;
    std::uint64_t behind = 0; ///< where its segment begins, if it has one
};

bool is_frame(std::uint8_t code) {
    return code >= sof0 && code <= sof15 && code != dht && code != jpg && code != dac;
}

bool has_segment(std::uint8_t code) {
    return code != tem && (code < rst0 || code > soi);
}

/// Passes over stuffed zeros, fill bytes and what stands where a marker should.
std::optional<marker> next_marker(byte_window& bytes, std::uint64_t offset) {
    for (;;) {
        const std::uint64_t found = bytes.find(std::byte{0xFF}, offset);
        const auto code = bytes.byte_at(found + 1);
        if (!code) {
            return std::nullopt;
        }
        if (*code != 0x00 && *code != 0xFF) {
            return marker{*code, found + 2};
        }
        offset = found + (*code == 0xFF ? 1 : 2);
    }
}

class jpeg_walk {
public:
    explicit jpeg_walk(byte_window& bytes) : bytes_(bytes) {}

    verdict run() {
        std::uint64_t offset = 2;
        while (const auto found = next_marker(bytes_, offset)) {
            offset = found->behind;
            if (found->code == eoi) {
                return at_end(offset);
            }
            if (!has_segment(found->code)) {
                continue;
            }
            const auto length = bytes_.big16_at(offset);
            if (!length) {
                break;
            }
            if (*length < 2) {
                return damaged(image_format::jpeg, "a segment has no length", offset);
            }
            note(found->code, offset, offset + *length);
            offset += *length;
            if (found->code == sos && ends_behind(offset)) {
                return whole();
            }
        }
        return without_end(image_format::jpeg);
    }

private:
    void note(std::uint8_t code, std::uint64_t segment, std::uint64_t end) {
        if (is_frame(code) && !frame_) {
            const auto height = bytes_.big16_at(segment + 3);
            const auto width = bytes_.big16_at(segment + 5);
            frame_ = height && width;
            picture_.width = width.value_or(0);
            picture_.height = height.value_or(0);
        } else if (code == dnl && picture_.height == 0) {
            picture_.height = bytes_.big16_at(segment + 2).value_or(0);
        } else if (code == sos) {
            scan_ = true;
        } else if (code == app1 && !orientation_) {
            orientation_ = exif_orientation(bytes_, segment + 2, end);
        }
    }

    /// The short cut: a whole header, and the end where most files have it. An end before the first
    /// scan is a thumbnail's. A height that only follows the scan needs the walk. Looked at once,
    /// for a file may be nothing but scan headers.
    bool ends_behind(std::uint64_t scan_data) {
        return !std::exchange(end_looked_at_, true) && frame_ && picture_.height != 0 &&
               bytes_.size() >= scan_data + 2 &&
               bytes_.big16_at(bytes_.size() - 2) == std::uint32_t{0xFF00} + eoi;
    }

    verdict at_end(std::uint64_t offset) const {
        if (!frame_ || !scan_) {
            return damaged(image_format::jpeg, "it ends without a picture", offset);
        }
        return whole();
    }

    picture whole() const {
        picture found = picture_;
        found.orientation = orientation_.value_or(found.orientation);
        return found;
    }

    byte_window& bytes_;
    picture picture_;
    std::optional<std::uint8_t> orientation_; ///< of the first Exif segment
    bool frame_ = false;
    bool scan_ = false;
    bool end_looked_at_ = false;
};

} // namespace

verdict probe_jpeg(byte_window& bytes) {
    return jpeg_walk(bytes).run();
}

} // namespace retraind::intake
