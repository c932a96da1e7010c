#include "retraind/customvision/image_batch_encoder.hpp"

#include "contents_encoder.hpp"
#include "image_batch_layout.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace retraind::customvision {

struct image_batch_encoder::state {
    enum class stage { between, contents, finished };

    state(image_batch wanted, notation as, std::size_t raw_bytes);

    [[nodiscard]] bool ended() const noexcept {
        return stage_ == stage::finished && literal_given == literal.size();
    }
    [[nodiscard]] result<void> advance(std::span<std::byte>& out);
    [[nodiscard]] result<void> begin_next();
    [[nodiscard]] result<void> give_contents(std::span<std::byte>& out);
    void give_literal(std::span<std::byte>& out);
    void say(std::string text);

    image_batch batch;
    image_batch_layout layout;
    contents_encoder contents;
    std::uint64_t around = 0;           ///< all but the contents
    std::vector<std::uint64_t> lengths; ///< of the contents that are known, in order

    stage stage_ = stage::between;
    std::size_t next = 0; ///< the entry after the one that is being written
    std::string literal;  ///< text that goes out before anything else
    std::size_t literal_given = 0;
    std::optional<error> failure;
};

image_batch_encoder::state::state(image_batch wanted, notation as, std::size_t raw_bytes)
    : batch(std::move(wanted)),
      layout(batch, as),
      contents(raw_bytes, as == notation::form),
      literal(layout.begin()) {
    around = layout.begin().size() + layout.end().size();
    for (std::size_t at = 0; at < batch.images.size(); ++at) {
        around += layout.opening(at).size() + layout.closing(at).size();
        if (as != notation::form) {
            lengths.push_back(base64_bytes(batch.images[at].bytes));
        }
    }
}

image_batch_encoder::image_batch_encoder(image_batch batch, notation as, std::size_t raw_bytes)
    : state_(std::make_unique<state>(std::move(batch), as, raw_bytes)) {}

image_batch_encoder::~image_batch_encoder() = default;

bool image_batch_encoder::measured() const noexcept {
    return state_->lengths.size() == state_->batch.images.size();
}

result<void> image_batch_encoder::measure_next(std::span<std::byte> scratch) {
    const image_entry& entry = state_->batch.images[state_->lengths.size()];
    if (auto begun = state_->contents.begin(entry, std::nullopt); !begun) {
        return begun;
    }
    std::uint64_t length = 0;
    std::size_t last = scratch.size();
    while (last == scratch.size()) {
        const auto filled = state_->contents.fill(scratch);
        if (!filled) {
            return tl::unexpected(filled.error());
        }
        last = *filled;
        length += last;
    }
    state_->lengths.push_back(length);
    return {};
}

std::uint64_t image_batch_encoder::size() const noexcept {
    std::uint64_t total = state_->around;
    for (const std::uint64_t each : state_->lengths) {
        total += each;
    }
    return total;
}

std::vector<std::uint64_t> image_batch_encoder::entry_bytes() const {
    std::vector<std::uint64_t> each;
    for (std::size_t at = 0; at < state_->lengths.size(); ++at) {
        each.push_back(encoded_entry_bytes(state_->batch.images[at], state_->layout.written(),
                                           state_->lengths[at]));
    }
    return each;
}

result<std::size_t> image_batch_encoder::fill(std::span<std::byte> out) {
    state& now = *state_;
    const std::size_t wanted = out.size();
    while (!now.failure && !out.empty() && !now.ended()) {
        if (auto advanced = now.advance(out); !advanced) {
            now.failure = std::move(advanced).error();
        }
    }
    if (now.failure) {
        return tl::unexpected(*now.failure);
    }
    return wanted - out.size();
}

result<void> image_batch_encoder::state::advance(std::span<std::byte>& out) {
    if (literal_given < literal.size()) {
        give_literal(out);
        return {};
    }
    return stage_ == stage::between ? begin_next() : give_contents(out);
}

void image_batch_encoder::state::give_literal(std::span<std::byte>& out) {
    const std::size_t count = std::min(out.size(), literal.size() - literal_given);
    std::memcpy(out.data(), literal.data() + literal_given, count);
    literal_given += count;
    out = out.subspan(count);
}

void image_batch_encoder::state::say(std::string text) {
    literal = std::move(text);
    literal_given = 0;
}

result<void> image_batch_encoder::state::begin_next() {
    if (next == batch.images.size()) {
        say(layout.end());
        stage_ = stage::finished;
        return {};
    }
    say(layout.opening(next));
    stage_ = stage::contents;
    const std::size_t entry = next++;
    return contents.begin(batch.images[entry], lengths[entry]);
}

result<void> image_batch_encoder::state::give_contents(std::span<std::byte>& out) {
    const auto filled = contents.fill(out);
    if (!filled) {
        return tl::unexpected(filled.error());
    }
    if (*filled < out.size()) {
        say(layout.closing(next - 1));
        stage_ = stage::between;
    }
    out = out.subspan(*filled);
    return {};
}

} // namespace retraind::customvision
