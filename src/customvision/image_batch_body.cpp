#include "retraind/customvision/image_batch_body.hpp"

#include "retraind/customvision/image_batch_encoder.hpp"

#include <algorithm>

namespace retraind::customvision {

struct image_batch_body::state {
    explicit state(std::vector<image_entry> images) : encoder(std::move(images)) {
        buffer.resize(std::min<std::uint64_t>(piece_bytes, encoder.size()));
    }
    image_batch_encoder encoder;
    std::vector<std::byte> buffer;
};

image_batch_body::image_batch_body(std::vector<image_entry> images, runtime::workers& encoder)
    : state_(std::make_shared<state>(std::move(images))),
      encoder_(encoder),
      size_(state_->encoder.size()) {}

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
