#include "byte_window.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include <boost/endian/conversion.hpp>

namespace retraind::intake {
namespace {

const unsigned char* raw(std::span<const std::byte> bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

} // namespace

byte_window::byte_window(byte_reader& reader, std::uint64_t size)
    : reader_(reader),
      size_(size),
      buffer_(static_cast<std::size_t>(
          std::min<std::uint64_t>(capacity, std::max<std::uint64_t>(size, 1)))) {}

std::span<const std::byte> byte_window::view(std::uint64_t offset, std::size_t count) {
    if (count > capacity || offset > size_ || count > size_ - offset) {
        return {};
    }
    if (!holds(offset, count)) {
        load(offset);
    }
    if (!holds(offset, count)) {
        return {};
    }
    return std::span(buffer_).subspan(static_cast<std::size_t>(offset - begin_), count);
}

std::optional<std::uint8_t> byte_window::byte_at(std::uint64_t offset) {
    const auto bytes = view(offset, 1);
    return bytes.empty() ? std::nullopt : std::optional(std::to_integer<std::uint8_t>(bytes[0]));
}

std::optional<std::uint32_t> byte_window::big16_at(std::uint64_t offset) {
    const auto bytes = view(offset, 2);
    return bytes.empty() ? std::nullopt
                         : std::optional<std::uint32_t>(boost::endian::load_big_u16(raw(bytes)));
}

std::optional<std::uint32_t> byte_window::big32_at(std::uint64_t offset) {
    const auto bytes = view(offset, 4);
    return bytes.empty() ? std::nullopt
                         : std::optional<std::uint32_t>(boost::endian::load_big_u32(raw(bytes)));
}

std::optional<std::uint32_t> byte_window::little16_at(std::uint64_t offset) {
    const auto bytes = view(offset, 2);
    return bytes.empty() ? std::nullopt
                         : std::optional<std::uint32_t>(boost::endian::load_little_u16(raw(bytes)));
}

std::optional<std::uint32_t> byte_window::little32_at(std::uint64_t offset) {
    const auto bytes = view(offset, 4);
    return bytes.empty() ? std::nullopt
                         : std::optional<std::uint32_t>(boost::endian::load_little_u32(raw(bytes)));
}

std::uint64_t byte_window::find(std::byte value, std::uint64_t offset) {
    while (!view(offset, 1).empty()) {
        const auto in_hand =
            std::span(buffer_).first(filled_).subspan(static_cast<std::size_t>(offset - begin_));
        const void* found =
            std::memchr(in_hand.data(), std::to_integer<int>(value), in_hand.size());
        if (found != nullptr) {
            return offset + static_cast<std::uint64_t>(static_cast<const std::byte*>(found) -
                                                       in_hand.data());
        }
        offset += in_hand.size();
    }
    return std::max(offset, size_);
}

bool byte_window::holds(std::uint64_t offset, std::size_t count) const noexcept {
    return offset >= begin_ && offset - begin_ <= filled_ && count <= filled_ - (offset - begin_);
}

void byte_window::load(std::uint64_t offset) {
    begin_ = offset;
    filled_ = 0;
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), size_ - offset));
    while (filled_ < wanted && !failure_) {
        result<std::size_t> got =
            reader_.read_at(offset + filled_, std::span(buffer_).first(wanted).subspan(filled_));
        if (!got) {
            failure_ = std::move(got.error());
            filled_ = 0;
        } else if (*got == 0) {
            size_ = offset + filled_;
            return;
        } else {
            filled_ += std::min(*got, wanted - filled_);
        }
    }
}

} // namespace retraind::intake
