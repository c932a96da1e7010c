#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/base/sha256.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/intake/image_probe.hpp"
#include "retraind/intake/sidecar_files.hpp"
#include "retraind/pipeline/shrunken_picture.hpp"
#include "retraind/watch/watch_loop.hpp"

namespace retraind::pipeline {

using journey_number = std::uint64_t;

/// A complete file on its way from its plan to its outcome. It holds a slot as long as it exists.
struct journey {
    enum class stage { arrived, planned, in_flight };

    journey_number number = 0;
    std::size_t folder = 0; ///< which of the project's watched folders
    watch::found_file file;
    stage at = stage::arrived;
    std::optional<sha256> digest; ///< once it was hashed or sent
    std::vector<std::string> labels;
    std::vector<tag_id> tags;
    intake::picture shape;                      ///< once it was looked at
    std::vector<intake::sidecar_file> sidecars; ///< its own: they go where it goes
    intake::sidecar_labels said;                ///< by its sidecars
    std::vector<customvision::region> regions;  ///< those of `said`, their tags resolved
    /// The state of the sidecars beside it, in a folder where what is rejected stays.
    std::optional<std::uint64_t> beside;
    unsigned attempts = 0; ///< requests that carried it and said "later"
    unsigned returns = 0;  ///< how often it went back to have its tags found anew
    /// The project has its content as this image, which lacks `missing` or perhaps boxes: no second
    /// upload.
    std::optional<image_id> existing;
    std::vector<std::string> missing;
    bool image_is_gone = false; ///< the image that the ledger names is not there any more
    bool too_large = false;     ///< has to be made smaller before it can be sent
    std::shared_ptr<const shrunken_picture> content; ///< what is sent instead, once it is there

    [[nodiscard]] std::uint64_t bytes_to_send() const noexcept {
        return content ? content->bytes() : file.identity.size;
    }
    /// What is remembered of it once it is rejected: its sidecars are part of it, for mending one
    /// of them alone makes it another case.
    [[nodiscard]] file_identity rejected_identity() const noexcept {
        file_identity both = file.identity;
        both.changed_ns ^= static_cast<std::int64_t>(beside.value_or(0));
        return both;
    }
};

/// A project's slots: all the complete files it knows by name. Pure; numbers are never used again.
class slot_table {
public:
    explicit slot_table(std::size_t capacity) : capacity_(capacity) {}

    [[nodiscard]] std::size_t room() const noexcept {
        return journeys_.size() < capacity_ ? capacity_ - journeys_.size() : 0;
    }
    [[nodiscard]] std::size_t size() const noexcept { return journeys_.size(); }
    [[nodiscard]] std::size_t in_flight() const;
    /// Those that hold a smaller picture.
    [[nodiscard]] std::size_t shrunken() const;

    journey& start(std::size_t folder, watch::found_file file);
    /// Null for one that has ended.
    [[nodiscard]] journey* find(journey_number number);
    /// The accepted journeys (planned or in flight) with that size, oldest first.
    [[nodiscard]] std::vector<journey*> accepted_of_size(std::uint64_t bytes);
    /// The accepted journey with that content; null for none.
    [[nodiscard]] journey* accepted_with(const sha256& digest, std::uint64_t bytes);

    /// `waiting` goes on when `ahead` has ended: it has the same size and perhaps the same content.
    void park(journey_number waiting, journey_number ahead);
    /// Ends it; returns those that waited for it.
    std::vector<journey_number> end(journey_number number);

private:
    std::size_t capacity_;
    journey_number next_ = 1;
    std::map<journey_number, journey> journeys_;
    std::unordered_multimap<journey_number, journey_number> parked_; ///< by who is ahead
};

} // namespace retraind::pipeline
