#include "jpeg_attachments.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <string_view>

namespace retraind::imaging {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view exif_head = "Exif\0\0"sv;
constexpr std::string_view icc_head = "ICC_PROFILE\0"sv;
constexpr std::size_t icc_overhead = 2; // number of this part, and of all
constexpr std::size_t most_icc_bytes = std::size_t{4} << 20;
constexpr std::size_t segment_capacity = 0xFFFF - 2;
/// More than any program writes; a file of nothing but segments is not read to its end.
constexpr int most_segments = 4096;

struct segment_place {
    std::uint8_t code = 0;
    std::uint64_t payload = 0;
    std::size_t bytes = 0;
};

unsigned at(std::span<const std::byte> bytes, std::size_t place) {
    return std::to_integer<unsigned>(bytes[place]);
}

bool begins_with(std::span<const std::byte> bytes, std::string_view head) {
    return bytes.size() >= head.size() && std::memcmp(bytes.data(), head.data(), head.size()) == 0;
}

/// Reads the segments one after the other and keeps what is wanted of them.
class segment_walk {
public:
    explicit segment_walk(byte_input& file) : file_(file) {}

    result<attachments> run() {
        for (int count = 0; count < most_segments; ++count) {
            const result<std::optional<segment_place>> found = next();
            if (!found) {
                return tl::unexpected(found.error());
            }
            if (!*found) {
                break;
            }
            if (const result<void> done = look(**found); !done) {
                return tl::unexpected(done.error());
            }
        }
        join_profile();
        return std::move(kept_);
    }

private:
    result<std::optional<segment_place>> next() {
        constexpr std::uint8_t start_of_scan = 0xDA;
        constexpr std::uint8_t end_of_image = 0xD9;
        std::array<std::byte, 4> head{};
        const result<std::size_t> got = file_.read_at(offset_, head);
        if (!got) {
            return tl::unexpected(got.error());
        }
        const unsigned code = at(head, 1);
        const std::size_t length = at(head, 2) << 8 | at(head, 3);
        if (*got == head.size() && at(head, 0) == 0xFF && code == 0xFF) {
            ++offset_; // fill
            return segment_place{0xFF, 0, 0};
        }
        const bool is_segment = *got == head.size() && at(head, 0) == 0xFF && code >= 0xC0 &&
                                code != start_of_scan && code != end_of_image && length >= 2;
        if (!is_segment) {
            return std::nullopt;
        }
        const segment_place found{static_cast<std::uint8_t>(code), offset_ + 4, length - 2};
        offset_ += 2 + length;
        return found;
    }

    result<void> look(const segment_place& found) {
        constexpr std::uint8_t app1 = 0xE1;
        constexpr std::uint8_t app2 = 0xE2;
        if (found.code != app1 && found.code != app2) {
            return {};
        }
        std::vector<std::byte> payload(found.bytes);
        const result<std::size_t> got = file_.read_at(found.payload, payload);
        if (!got) {
            return tl::unexpected(got.error());
        }
        payload.resize(*got);
        if (found.code == app1 && kept_.exif.empty() && begins_with(payload, exif_head)) {
            kept_.exif.assign(payload.begin() + exif_head.size(), payload.end());
        } else if (found.code == app2 && begins_with(payload, icc_head)) {
            take_profile_part(payload);
        }
        return {};
    }

    void take_profile_part(std::span<const std::byte> payload) {
        const std::size_t head = icc_head.size() + icc_overhead;
        if (payload.size() < head || icc_bytes_ + payload.size() > most_icc_bytes) {
            return;
        }
        icc_bytes_ += payload.size();
        icc_parts_wanted_ = at(payload, icc_head.size() + 1);
        icc_parts_.try_emplace(at(payload, icc_head.size()), payload.begin() + head, payload.end());
    }

    void join_profile() {
        const bool whole = !icc_parts_.empty() && icc_parts_.size() == icc_parts_wanted_ &&
                           icc_parts_.begin()->first == 1 &&
                           icc_parts_.rbegin()->first == icc_parts_wanted_;
        if (!whole) {
            return;
        }
        for (const auto& [number, part] : icc_parts_) {
            kept_.icc.insert(kept_.icc.end(), part.begin(), part.end());
        }
    }

    byte_input& file_;
    std::uint64_t offset_ = 2;
    attachments kept_;
    std::map<unsigned, std::vector<std::byte>> icc_parts_; ///< by their number, from 1
    std::size_t icc_bytes_ = 0;
    unsigned icc_parts_wanted_ = 0;
};

std::vector<std::byte> bytes_of(std::string_view text) {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    return {first, first + text.size()};
}

} // namespace

result<attachments> read_jpeg_attachments(byte_input& file) {
    return segment_walk(file).run();
}

std::vector<jpeg_segment> jpeg_segments_of(const attachments& beside) {
    std::vector<jpeg_segment> segments;
    if (!beside.exif.empty() && beside.exif.size() <= segment_capacity - exif_head.size()) {
        jpeg_segment exif{1, bytes_of(exif_head)};
        exif.payload.insert(exif.payload.end(), beside.exif.begin(), beside.exif.end());
        segments.push_back(std::move(exif));
    }
    constexpr std::size_t part_bytes = segment_capacity - icc_head.size() - icc_overhead;
    const std::size_t parts = (beside.icc.size() + part_bytes - 1) / part_bytes;
    for (std::size_t part = 0; part < parts && parts <= 0xFF; ++part) {
        jpeg_segment icc{2, bytes_of(icc_head)};
        icc.payload.push_back(static_cast<std::byte>(part + 1));
        icc.payload.push_back(static_cast<std::byte>(parts));
        const auto all = std::span(beside.icc).subspan(part * part_bytes);
        const auto piece = all.first(std::min(part_bytes, all.size()));
        icc.payload.insert(icc.payload.end(), piece.begin(), piece.end());
        segments.push_back(std::move(icc));
    }
    return segments;
}

} // namespace retraind::imaging
