#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "retraind/customvision/image_batch.hpp"
#include "retraind/customvision/media_type_rules.hpp"
#include "retraind/customvision/verdict_rules.hpp"
#include "retraind/http/body_source.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::customvision {

/// `image_batch_encoder` as the body of a request: pictures are read and encoded on a file thread,
/// one full buffer of `piece_bytes` a hop. Loop only, and `next` is awaited to its end before the
/// body is dropped or the pictures are sent again; `encoder` outlives it.
class image_batch_body final : public http::body_source {
public:
    static constexpr std::size_t piece_bytes = std::size_t{384} << 10;

    image_batch_body(image_batch batch, notation as, runtime::workers& encoder);

    /// Before anything else: makes the size known. In a form that reads every picture once, one a
    /// hop, and fails like `next`; else it costs nothing.
    [[nodiscard]] task<result<void>> measure();

    [[nodiscard]] std::uint64_t size() const noexcept override;
    /// What each entry adds to a body, in their order.
    [[nodiscard]] std::vector<std::uint64_t> entry_bytes() const;
    [[nodiscard]] task<result<std::span<const std::byte>>> next() override;

    /// `sent` once `next` said that there is no more.
    [[nodiscard]] body_progress progress() const noexcept { return progress_; }
    /// What a picture failed with: then the request's failure is our own doing.
    [[nodiscard]] const std::optional<error>& source_failure() const noexcept { return failure_; }

private:
    struct state;

    std::shared_ptr<state> state_; ///< shared with the hop that is under way
    runtime::workers& encoder_;
    body_progress progress_ = body_progress::none;
    std::optional<error> failure_;
};

} // namespace retraind::customvision
