#pragma once

#include <memory>
#include <string>
#include <variant>

#include "retraind/imaging/shrink.hpp"
#include "retraind/intake/oversize_rules.hpp"
#include "retraind/pipeline/shrunken_picture.hpp"
#include "retraind/runtime/stop_signal.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::pipeline {

/// A picture that is too large, as it was planned.
struct oversize_picture {
    std::string path; ///< absolute, raw bytes
    file_identity planned;
    intake::picture whole;
};

/// What became of it: a smaller one, or why there can be none.
using shrinking = std::variant<std::shared_ptr<const shrunken_picture>, intake::refusal>;

/// Makes one picture smaller, an attempt a call: whoever calls can stop in between, and no call
/// takes as long as a share that hangs. Every call blocks: file threads only, one at a time.
class shrink_job {
public:
    /// The smaller picture lies in `folder`.
    shrink_job(oversize_picture picture, std::string folder);
    ~shrink_job();
    shrink_job(const shrink_job&) = delete;
    shrink_job& operator=(const shrink_job&) = delete;

    /// One attempt; nothing while another one is needed. Fails with `changed` where the file is not
    /// the planned one before or after, with what its folder or `folder` failed with, and with
    /// nothing else: a picture that cannot be read is a refusal.
    [[nodiscard]] result<std::optional<shrinking>> attempt();

private:
    class source;

    [[nodiscard]] result<void> begin();
    [[nodiscard]] result<std::optional<shrinking>> judge(const imaging::shrink_attempt& tried,
                                                         const imaging::shrink_result& done);
    [[nodiscard]] shrinking refused(std::string_view why) const;

    oversize_picture picture_;
    std::string folder_;
    imaging::shrink_rules rules_;
    std::unique_ptr<source> source_;
    std::optional<imaging::scratch_file> into_;
};

/// Runs a job to its end on the file threads. Fails as `attempt` does, and with `cancelled` where
/// stopping is requested in between. Loop only.
[[nodiscard]] task<result<shrinking>> shrink_oversize(runtime::workers& files,
                                                      runtime::stop_signal& stop,
                                                      oversize_picture picture, std::string folder);

} // namespace retraind::pipeline
