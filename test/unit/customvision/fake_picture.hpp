#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "retraind/customvision/image_batch.hpp"

namespace retraind::testing {

enum class fault { none, open, read, close, shorter, longer };

/// A picture in memory: gives at most `chunk` bytes a read, fails where it is told to, and writes
/// down what was asked of it ("o", "r", "c", one letter a call; repeated reads are one).
class fake_picture final : public customvision::picture_source {
public:
    explicit fake_picture(std::string bytes, std::size_t chunk = 1000, fault fails = fault::none)
        : bytes_(std::move(bytes)), chunk_(chunk), fails_(fails) {
        if (fails == fault::longer) {
            bytes_ += 'x';
        } else if (fails == fault::shorter && !bytes_.empty()) {
            bytes_.pop_back();
        }
    }

    result<void> open() override {
        calls += 'o';
        given_ = 0;
        return fail_at(fault::open);
    }

    result<std::size_t> read(std::span<std::byte> into) override {
        if (!calls.ends_with('r')) {
            calls += 'r';
        }
        if (given_ * 2 >= bytes_.size()) {
            if (auto failed = fail_at(fault::read); !failed) {
                return tl::unexpected(failed.error());
            }
        }
        const std::size_t count = std::min({into.size(), chunk_, bytes_.size() - given_});
        std::memcpy(into.data(), bytes_.data() + given_, count);
        given_ += count;
        return count;
    }

    result<void> close() override {
        calls += 'c';
        return fail_at(fault::close);
    }

    std::string calls;

private:
    result<void> fail_at(fault here) const {
        if (fails_ == here) {
            return fail(errc::changed, "it was replaced");
        }
        return {};
    }

    std::string bytes_;
    std::size_t chunk_;
    fault fails_;
    std::size_t given_ = 0;
};

inline customvision::image_entry picture_entry(std::string name, std::string bytes,
                                               std::vector<tag_id> tags = {},
                                               std::size_t chunk = 1000,
                                               fault fails = fault::none) {
    customvision::image_entry entry;
    entry.name = std::move(name);
    entry.tags = std::move(tags);
    entry.bytes = bytes.size();
    entry.content = std::make_shared<fake_picture>(std::move(bytes), chunk, fails);
    return entry;
}

} // namespace retraind::testing
