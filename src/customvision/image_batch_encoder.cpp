#include "retraind/customvision/image_batch_encoder.hpp"

#include "retraind/base/text.hpp"

#include <boost/json/serialize.hpp>

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace retraind::customvision {
namespace {

constexpr std::size_t group_raw = 3;
constexpr std::size_t group_encoded = 4;

constexpr std::string_view batch_begin = R"({"images":[)";
constexpr std::string_view entry_name = R"({"name":)";
constexpr std::string_view entry_contents = R"(,"contents":")";
constexpr std::string_view tags_begin = R"(,"tagIds":[)";
constexpr std::size_t guid_bytes = 36;

std::string json_string(std::string_view text) {
    return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

std::string tags_member(const std::vector<tag_id>& tags) {
    if (tags.empty()) {
        return {};
    }
    std::string member(tags_begin);
    for (const tag_id& each : tags) {
        member += member.size() == tags_begin.size() ? "\"" : ",\"";
        member += to_string(each);
        member += '"';
    }
    member += ']';
    return member;
}

bool contains(const std::vector<tag_id>& tags, const tag_id& wanted) {
    return std::find(tags.begin(), tags.end(), wanted) != tags.end();
}

std::string opening(const image_entry& entry) {
    return fmt::format("{}{}{}", entry_name, json_string(entry.name), entry_contents);
}

/// From the end of the contents to the end of the entry.
std::string closing(const image_entry& entry, const std::vector<tag_id>& shared) {
    std::vector<tag_id> own = entry.tags;
    std::erase_if(own, [&shared](const tag_id& tag) { return contains(shared, tag); });
    return '"' + tags_member(own) + '}';
}

std::string batch_end(const std::vector<tag_id>& shared) {
    return ']' + tags_member(shared) + '}';
}

std::uint64_t base64_bytes(std::uint64_t raw) {
    return (raw + group_raw - 1) / group_raw * group_encoded;
}

/// `out` has one byte more than the text: EVP_EncodeBlock writes a NUL behind it.
std::size_t encode_base64(std::byte* out, const std::byte* raw, std::size_t bytes) {
    return static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out),
                                                    reinterpret_cast<const unsigned char*>(raw),
                                                    static_cast<int>(bytes)));
}

error not_as_planned(const image_entry& entry, std::string_view how) {
    return {errc::changed, fmt::format("{}: {} than the {} bytes it had", printable(entry.name),
                                       how, entry.bytes)};
}

} // namespace

image_batch_encoder::image_batch_encoder(std::vector<image_entry> images, std::size_t raw_bytes)
    : images_(std::move(images)),
      shared_(shared_tags(images_)),
      raw_(std::max(raw_bytes, group_raw)) {
    literal_ = batch_begin;
    size_ = batch_begin.size() + batch_end(shared_).size();
    size_ += images_.empty() ? 0 : images_.size() - 1; // commas
    for (const image_entry& each : images_) {
        size_ += opening(each).size() + base64_bytes(each.bytes) + closing(each, shared_).size();
    }
}

result<std::size_t> image_batch_encoder::fill(std::span<std::byte> out) {
    const std::size_t wanted = out.size();
    while (!failure_ && !out.empty() &&
           (literal_given_ < literal_.size() || stage_ != stage::finished)) {
        if (auto advanced = advance(out); !advanced) {
            failure_ = std::move(advanced).error();
        }
    }
    if (failure_) {
        return tl::unexpected(*failure_);
    }
    return wanted - out.size();
}

result<void> image_batch_encoder::advance(std::span<std::byte>& out) {
    if (literal_given_ < literal_.size()) {
        put_literal(out);
        return {};
    }
    if (stage_ == stage::between) {
        return begin_next();
    }
    return encode(out);
}

void image_batch_encoder::put_literal(std::span<std::byte>& out) {
    const std::size_t count = std::min(out.size(), literal_.size() - literal_given_);
    std::memcpy(out.data(), literal_.data() + literal_given_, count);
    literal_given_ += count;
    out = out.subspan(count);
}

result<void> image_batch_encoder::begin_next() {
    literal_given_ = 0;
    if (next_ == images_.size()) {
        literal_ = batch_end(shared_);
        stage_ = stage::finished;
        return {};
    }
    const image_entry& entry = images_[next_];
    literal_ = (next_ == 0 ? "" : ",") + opening(entry);
    ++next_;
    stage_ = stage::contents;
    remaining_ = entry.bytes;
    raw_begin_ = 0;
    raw_end_ = 0;
    if (auto opened = entry.content->open(); !opened) {
        return opened;
    }
    return remaining_ == 0 ? end_picture() : result<void>();
}

/// One step: whole groups straight into `out`, or, where that has no room for a group or the
/// picture ends, a group by way of `literal_`.
result<void> image_batch_encoder::encode(std::span<std::byte>& out) {
    const std::size_t room = (out.size() - 1) / group_encoded; // one byte for the NUL
    const std::size_t wanted = std::max<std::size_t>(room, 1) * group_raw;
    if (auto read = read_more(wanted); !read) {
        return read;
    }
    const std::size_t have = raw_end_ - raw_begin_;
    const std::size_t groups = std::min(room, have / group_raw);
    if (groups > 0) {
        out = out.subspan(encode_base64(out.data(), raw_.data() + raw_begin_, groups * group_raw));
        raw_begin_ += groups * group_raw;
    } else if (have > 0) {
        std::array<std::byte, group_encoded + 1> group{};
        const std::size_t taken = std::min(have, group_raw);
        const std::size_t made = encode_base64(group.data(), raw_.data() + raw_begin_, taken);
        literal_.assign(reinterpret_cast<const char*>(group.data()), made);
        literal_given_ = 0;
        raw_begin_ += taken;
    } else {
        finish_contents();
    }
    return {};
}

/// Tops `raw_` up to `wanted` or its capacity; at least a group, or what is left of the picture.
result<void> image_batch_encoder::read_more(std::size_t wanted) {
    if (raw_end_ - raw_begin_ >= group_raw || remaining_ == 0) {
        return {};
    }
    std::memmove(raw_.data(), raw_.data() + raw_begin_, raw_end_ - raw_begin_);
    raw_end_ -= raw_begin_;
    raw_begin_ = 0;
    const image_entry& entry = images_[next_ - 1];
    const std::size_t target = std::min(wanted, raw_.size());
    while (remaining_ > 0 && raw_end_ < target) {
        const std::size_t most = std::min<std::uint64_t>(target - raw_end_, remaining_);
        const auto read = entry.content->read(std::span(raw_).subspan(raw_end_, most));
        if (!read) {
            return tl::unexpected(read.error());
        }
        if (*read == 0) {
            return tl::unexpected(not_as_planned(entry, "shorter"));
        }
        raw_end_ += *read;
        remaining_ -= *read;
    }
    return remaining_ == 0 ? end_picture() : result<void>();
}

/// Nothing more is to be read, and its last bytes are not encoded yet.
result<void> image_batch_encoder::end_picture() {
    const image_entry& entry = images_[next_ - 1];
    std::array<std::byte, 1> beyond{};
    const auto read = entry.content->read(beyond);
    if (!read) {
        return tl::unexpected(read.error());
    }
    if (*read != 0) {
        return tl::unexpected(not_as_planned(entry, "longer"));
    }
    return entry.content->close();
}

void image_batch_encoder::finish_contents() {
    literal_ = closing(images_[next_ - 1], shared_);
    literal_given_ = 0;
    stage_ = stage::between;
}

std::uint64_t encoded_entry_bytes(std::string_view name, std::uint64_t bytes, std::size_t tags) {
    constexpr std::size_t ends = std::string_view("\"},").size();
    constexpr std::size_t each_tag = guid_bytes + std::string_view("\"\",").size();
    const std::size_t list = tags == 0 ? 0 : tags_begin.size() + tags * each_tag; // ']' for a ','
    return entry_name.size() + json_string(name).size() + entry_contents.size() +
           base64_bytes(bytes) + list + ends;
}

} // namespace retraind::customvision
