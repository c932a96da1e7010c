#include "contents_encoder.hpp"

#include "retraind/base/text.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace retraind::customvision {
namespace {

constexpr std::size_t group_raw = 3;
constexpr std::size_t group_encoded = 4;
/// How much of a picture is percent-encoded at once.
constexpr std::size_t percent_raw = group_raw * (std::size_t{8} << 10);

/// `out` has one byte more than the text: EVP_EncodeBlock writes a NUL behind it.
std::size_t encode_base64(void* out, const std::byte* raw, std::size_t bytes) {
    return static_cast<std::size_t>(EVP_EncodeBlock(static_cast<unsigned char*>(out),
                                                    reinterpret_cast<const unsigned char*>(raw),
                                                    static_cast<int>(bytes)));
}

void append_percent_encoded(std::string& to, std::string_view base64) {
    for (const char letter : base64) {
        switch (letter) {
        case '+':
            to += "%2B";
            break;
        case '/':
            to += "%2F";
            break;
        case '=':
            to += "%3D";
            break;
        default:
            to += letter;
        }
    }
}

tl::unexpected<error> not_as_planned(const image_entry& entry, std::string_view how) {
    return fail(errc::changed, fmt::format("{}: {} than the {} bytes it had", printable(entry.name),
                                           how, entry.bytes));
}

} // namespace

contents_encoder::contents_encoder(std::size_t raw_bytes, bool percent)
    : percent_(percent), raw_(std::max(raw_bytes, group_raw)) {}

result<void> contents_encoder::begin(const image_entry& entry,
                                     std::optional<std::uint64_t> length) {
    entry_ = &entry;
    length_ = length;
    made_ = 0;
    remaining_ = entry.bytes;
    raw_begin_ = 0;
    raw_end_ = 0;
    pending_.clear();
    pending_given_ = 0;
    if (auto opened = entry.content->open(); !opened) {
        return opened;
    }
    return remaining_ == 0 ? end_picture() : result<void>();
}

bool contents_encoder::ended() const noexcept {
    return remaining_ == 0 && raw_begin_ == raw_end_;
}

result<std::size_t> contents_encoder::fill(std::span<std::byte> out) {
    const std::size_t wanted = out.size();
    while (!out.empty() && (pending_given_ < pending_.size() || !ended())) {
        if (pending_given_ < pending_.size()) {
            give_pending(out);
        } else if (auto stepped = step(out); !stepped) {
            return tl::unexpected(std::move(stepped).error());
        }
    }
    return wanted - out.size();
}

/// Whole groups straight into `out`, or, where that has no room for a group, the picture ends, or
/// the length of the text is not known beforehand, by way of `pending_`.
result<void> contents_encoder::step(std::span<std::byte>& out) {
    const std::size_t room = percent_ ? 0 : (out.size() - 1) / group_encoded; // a byte for the NUL
    const std::size_t wanted = percent_ ? percent_raw : std::max<std::size_t>(room, 1) * group_raw;
    if (auto read = read_more(wanted); !read) {
        return read;
    }
    const std::size_t have = raw_end_ - raw_begin_;
    const std::size_t groups = std::min(room, have / group_raw);
    if (groups > 0) {
        const std::size_t text =
            encode_base64(out.data(), raw_.data() + raw_begin_, groups * group_raw);
        out = out.subspan(text);
        raw_begin_ += groups * group_raw;
        made_ += text;
    } else {
        const std::size_t whole = std::min(wanted, have) / group_raw * group_raw;
        encode_pending(percent_ && whole > 0 ? whole : std::min(have, group_raw));
    }
    return ended() ? check_length() : result<void>();
}

void contents_encoder::encode_pending(std::size_t raw) {
    std::array<char, percent_raw / group_raw * group_encoded + 1> text;
    const std::size_t made = encode_base64(text.data(), raw_.data() + raw_begin_, raw);
    raw_begin_ += raw;
    pending_.clear();
    pending_given_ = 0;
    if (percent_) {
        append_percent_encoded(pending_, std::string_view(text.data(), made));
    } else {
        pending_.assign(text.data(), made);
    }
    made_ += pending_.size();
}

void contents_encoder::give_pending(std::span<std::byte>& out) {
    const std::size_t count = std::min(out.size(), pending_.size() - pending_given_);
    std::memcpy(out.data(), pending_.data() + pending_given_, count);
    pending_given_ += count;
    out = out.subspan(count);
}

/// Tops `raw_` up to `wanted` or its capacity; at least a group, or what is left of the picture.
result<void> contents_encoder::read_more(std::size_t wanted) {
    if (raw_end_ - raw_begin_ >= group_raw || remaining_ == 0) {
        return {};
    }
    std::memmove(raw_.data(), raw_.data() + raw_begin_, raw_end_ - raw_begin_);
    raw_end_ -= raw_begin_;
    raw_begin_ = 0;
    const std::size_t target = std::min(wanted, raw_.size());
    while (remaining_ > 0 && raw_end_ < target) {
        const std::size_t most = std::min<std::uint64_t>(target - raw_end_, remaining_);
        const auto read = entry_->content->read(std::span(raw_).subspan(raw_end_, most));
        if (!read) {
            return tl::unexpected(read.error());
        }
        if (*read == 0) {
            return not_as_planned(*entry_, "shorter");
        }
        raw_end_ += *read;
        remaining_ -= *read;
    }
    return remaining_ == 0 ? end_picture() : result<void>();
}

/// Nothing more is to be read, and its last bytes are not encoded yet.
result<void> contents_encoder::end_picture() {
    std::array<std::byte, 1> beyond{};
    const auto read = entry_->content->read(beyond);
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (*read != 0) {
        return not_as_planned(*entry_, "longer");
    }
    return entry_->content->close();
}

/// The picture's last bytes are encoded and not given away yet.
result<void> contents_encoder::check_length() const {
    if (length_ && made_ != *length_) {
        return fail(errc::changed, fmt::format("{}: other bytes than it had a moment ago",
                                               printable(entry_->name)));
    }
    return {};
}

} // namespace retraind::customvision
