#pragma once

#include <optional>

#include "retraind/customvision/types.hpp"
#include "retraind/pipeline/patience.hpp"
#include "retraind/pipeline/project_identity.hpp"
#include "retraind/pipeline/readiness.hpp"
#include "retraind/pipeline/service_contact.hpp"
#include "retraind/pipeline/shared.hpp"
#include "retraind/retrain/options.hpp"

namespace retraind::pipeline {

/// Makes a trained iteration carry the configured publish name. Each step is looked up on the
/// service first, so it can stop after any and go on after a restart. Loop only.
class publisher {
public:
    publisher(shared& common, service_contact& contact, readiness& health, project_identity project,
              retrain::publish_options options);

    /// True once the iteration carries the name; false where the service says that a person must
    /// act, or where stopping was requested. Passing failures are repeated without end; two in a
    /// row are an obstacle, "publish", which its loop clears.
    [[nodiscard]] task<bool> publish(iteration_id which);

    /// Why the last publish was refused; nothing after a success.
    [[nodiscard]] const std::optional<std::string>& refusal() const noexcept { return refusal_; }

private:
    [[nodiscard]] task<customvision::answer<void>> attempt(iteration_id which);
    [[nodiscard]] task<customvision::answer<void>> free_the_name(iteration_id but);
    void refused(iteration_id which, const customvision::failure& why);

    shared& common_;
    service_contact& contact_;
    readiness& health_;
    project_identity project_;
    retrain::publish_options options_;
    patience patience_;
    std::optional<std::string> refusal_;
};

} // namespace retraind::pipeline
