#include "retraind/customvision/image_batch_body.hpp"

#include "retraind/customvision/image_batch_encoder.hpp"

#include <algorithm>

namespace retraind::customvision {

struct image_batch_body::state {
    state(image_batch batch, notation as) : encoder(std::move(batch), as) {
        const std::uint64_t known = encoder.measured() ? encoder.size() : piece_bytes;
        buffer.resize(std::min<std::uint64_t>(piece_bytes, known));
    }
    image_batch_encoder encoder;
    std::vector<std::byte> buffer;
};

image_batch_body::image_batch_body(image_batch batch, notation as, runtime::workers& encoder)
    : state_(std::make_shared<state>(std::move(batch), as)), encoder_(encoder) {}

std::uint64_t image_batch_body::size() const noexcept {
    return state_->encoder.size();
}

std::vector<std::uint64_t> image_batch_body::entry_bytes() const {
    return state_->encoder.entry_bytes();
}

task<result<void>> image_batch_body::measure() {
    while (!state_->encoder.measured()) {
        auto look = [state = state_] {
            return state->encoder.measure_next(state->buffer);
        };
        const result<void> looked = co_await encoder_.run(std::move(look));
        if (!looked) {
            failure_ = looked.error();
            co_return looked;
        }
    }
    co_return result<void>();
}

task<result<std::span<const std::byte>>> image_batch_body::next() {
    progress_ = body_progress::under_way;
    auto fill = [state = state_] {
        return state->encoder.fill(state->buffer);
    };
    const result<std::size_t> filled = co_await encoder_.run(std::move(fill));
    if (!filled) {
        failure_ = filled.error();
        co_return tl::unexpected(filled.error());
    }
    if (*filled == 0) {
        progress_ = body_progress::sent;
    }
    co_return std::span<const std::byte>(state_->buffer).first(*filled);
}

} // namespace retraind::customvision
