#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/event.hpp"
#include "retraind/base/secret.hpp"
#include "retraind/customvision/failure.hpp"
#include "retraind/customvision/image_batch.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/http/rate_gate.hpp"
#include "retraind/http/transport.hpp"
#include "retraind/runtime/task.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::customvision {

struct client_options {
    std::string base_path; ///< the endpoint's own path, mostly empty
    std::string api_version = "v3.3";
};

/// The Training API, one function an operation; every call takes its turn from the key's one rate
/// gate. Reads are repeated briefly on passing failures; uploads, training and publishing are
/// attempted once, for their own loops decide about them. Loop only; what it refers to outlives it.
class training_client {
public:
    /// `key` is asked before every request, so that a new key is used at once.
    training_client(http::transport& transport, http::rate_gate& gate, std::function<secret()> key,
                    event_sink& events, client_options options);

    [[nodiscard]] task<answer<std::vector<domain>>> get_domains();
    [[nodiscard]] task<answer<std::vector<project>>> get_projects();
    [[nodiscard]] task<answer<project>> get_project(project_id id);
    [[nodiscard]] task<answer<project>> create_project(std::string name, domain_id domain,
                                                       std::optional<classification_type> kind);
    [[nodiscard]] task<answer<std::vector<tag>>> get_tags(project_id id);
    [[nodiscard]] task<answer<tag>> create_tag(project_id id, std::string name, tag_type type);
    /// `encoder` is where files are read and encoded.
    [[nodiscard]] task<answer<std::vector<image_result>>>
    create_images_from_files(project_id id, std::vector<image_entry> images,
                             runtime::workers& encoder);
    [[nodiscard]] task<answer<iteration>> train(project_id id, train_request wanted);
    [[nodiscard]] task<answer<std::vector<iteration>>> get_iterations(project_id id);
    [[nodiscard]] task<answer<iteration>> get_iteration(project_id id, iteration_id which);
    [[nodiscard]] task<answer<performance>> get_performance(project_id id, iteration_id which);
    /// `overwrite` takes the name from the iteration that holds it.
    [[nodiscard]] task<answer<void>> publish(project_id id, iteration_id which,
                                             std::string publish_name,
                                             std::string prediction_resource_id, bool overwrite);
    [[nodiscard]] task<answer<void>> unpublish(project_id id, iteration_id which);
};

} // namespace retraind::customvision
