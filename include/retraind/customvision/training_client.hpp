#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/api_version.hpp"
#include "retraind/base/clock.hpp"
#include "retraind/base/event.hpp"
#include "retraind/base/secret.hpp"
#include "retraind/customvision/document.hpp"
#include "retraind/customvision/failure.hpp"
#include "retraind/customvision/image_batch.hpp"
#include "retraind/customvision/media_type_rules.hpp"
#include "retraind/customvision/request_target.hpp"
#include "retraind/customvision/types.hpp"
#include "retraind/http/rate_gate.hpp"
#include "retraind/http/transport.hpp"
#include "retraind/runtime/task.hpp"
#include "retraind/runtime/workers.hpp"

namespace retraind::customvision {

struct client_options {
    std::string base_path; ///< the endpoint's own path, mostly empty
    std::string api_version = "v3.3";
    /// A repeated read waits up to this long, then up to twice as long.
    duration first_repeat = std::chrono::milliseconds(500);
    std::string media_type =
        "application/json";                  ///< of request bodies: one that `notation_of` knows
    std::string accept = "application/json"; ///< JSON or XML
};

struct call;

/// The Training API, one function an operation; every call takes its turn from the key's one rate
/// gate. Reads are repeated briefly on passing failures; uploads, training and publishing are
/// attempted once, for their own loops decide about them. A 429 pauses the gate for as long as it
/// asks for. Every answer is an event `request_sent`, every failure `request_failed`, with the
/// service's code, message and request id; the key is in none of them. Loop only; what it refers to
/// outlives it, and so does it every call that is under way.
class training_client {
public:
    static constexpr std::uint64_t any_size = std::numeric_limits<std::uint64_t>::max();

    /// `key` is asked before every request, so that a new key is used at once; where it gives an
    /// empty one nothing is sent. `random` gives numbers in [0, 1). Throws std::invalid_argument
    /// for a version that is not in `api_versions` and a media type that is not known.
    training_client(http::transport& transport, http::rate_gate& gate, std::function<secret()> key,
                    event_sink& events, const clock& time, std::function<double()> random,
                    client_options options);

    [[nodiscard]] task<answer<std::vector<domain>>> get_domains();
    [[nodiscard]] task<answer<std::vector<project>>> get_projects();
    [[nodiscard]] task<answer<project>> get_project(project_id id);
    [[nodiscard]] task<answer<project>> create_project(std::string name, domain_id domain,
                                                       std::optional<classification_type> kind);
    [[nodiscard]] task<answer<std::vector<tag>>> get_tags(project_id id);
    [[nodiscard]] task<answer<tag>> create_tag(project_id id, std::string name, tag_type type);
    /// `encoder` is where files are read and encoded. A body of more than `most_bytes` is not sent;
    /// the failure, which is `abandoned`, says what each entry adds to it.
    [[nodiscard]] task<answer<image_summary>>
    create_images_from_files(project_id id, image_batch batch, runtime::workers& encoder,
                             std::uint64_t most_bytes = any_size);
    [[nodiscard]] task<answer<image_summary>> create_images_from_urls(project_id id,
                                                                      url_batch batch);
    /// At most 256 ids; those that the project does not have are missing from the answer.
    [[nodiscard]] task<answer<std::vector<image>>> get_images_by_ids(project_id id,
                                                                     std::vector<image_id> images);
    /// At most 128 pairs. What the pictures have already comes back as `duplicated`.
    [[nodiscard]] task<answer<image_tag_summary>> create_image_tags(project_id id,
                                                                    std::vector<image_tag> tags);
    /// At most 64, each with its tag. What the pictures have already comes back as `duplicated`.
    [[nodiscard]] task<answer<image_region_summary>>
    create_image_regions(project_id id, std::vector<image_region> regions);
    [[nodiscard]] task<answer<void>> delete_project(project_id id);
    [[nodiscard]] task<answer<void>> delete_tag(project_id id, tag_id which);
    [[nodiscard]] task<answer<void>> delete_iteration(project_id id, iteration_id which);
    [[nodiscard]] task<answer<iteration>> train(project_id id, train_request wanted);
    [[nodiscard]] task<answer<std::vector<iteration>>> get_iterations(project_id id);
    [[nodiscard]] task<answer<iteration>> get_iteration(project_id id, iteration_id which);
    [[nodiscard]] task<answer<performance>> get_performance(project_id id, iteration_id which);
    /// `overwrite` takes the name from the iteration that holds it, in versions that can.
    [[nodiscard]] task<answer<void>> publish(project_id id, iteration_id which,
                                             std::string publish_name,
                                             std::string prediction_resource_id, bool overwrite);
    [[nodiscard]] task<answer<void>> unpublish(project_id id, iteration_id which);

    /// The answer as the service wrote it; one that is no JSON is a failure.
    [[nodiscard]] task<answer<document>> read_document(document_address where);
    /// All images of the project, tagged or not. Versions before v3.3 are asked for both kinds.
    [[nodiscard]] task<answer<std::uint64_t>> get_image_count(project_id id);

    /// Whether the version can take a publish name over; where it cannot, the name must be free.
    [[nodiscard]] bool takes_names_over() const noexcept;
    /// Whether pictures can have metadata; where they cannot, that of a batch is left out.
    [[nodiscard]] bool takes_metadata() const noexcept;
    /// Whether training can be told its tags; where it cannot, it takes all.
    [[nodiscard]] bool selects_tags() const noexcept;
    /// Whether GetImages and GetImageCount are there, beside those of tagged and untagged ones.
    [[nodiscard]] bool lists_all_images() const noexcept;
    /// Whether one DeleteImages can delete all.
    [[nodiscard]] bool deletes_all_images() const noexcept;

    /// What a picture adds to the body of CreateImagesFromFiles, as `encoded_entry_bytes` has it.
    [[nodiscard]] std::uint64_t entry_bytes(const image_entry& entry) const;
    /// What such a body has beside its pictures.
    [[nodiscard]] std::uint64_t envelope_bytes(const metadata_map& metadata) const;

private:
    [[nodiscard]] request_target path() const;
    [[nodiscard]] request_target path(project_id id) const;
    [[nodiscard]] request_target path(project_id id, iteration_id which) const;

    [[nodiscard]] task<answer<image_summary>> send_images(call what, std::uint64_t bytes);
    [[nodiscard]] task<answer<void>> send_without_answer(call what);
    [[nodiscard]] task<answer<std::uint64_t>> count(std::string_view operation,
                                                    request_target target);
    [[nodiscard]] task<answer<http::response>> exchange(call what);
    [[nodiscard]] task<answer<http::response>> attempt(const call& what);
    [[nodiscard]] answer<http::response> judge(const call& what, const secret& key,
                                               result<http::response> answered, mono_time begun);
    [[nodiscard]] std::optional<duration> wait_before_repeat(const call& what, const failure& why,
                                                             unsigned tried) const;
    template <class Value>
    [[nodiscard]] answer<Value> decode(std::string_view operation, answer<http::response> answered,
                                       result<Value> (*parse)(std::string_view, notation));
    void throttle(const call& what, failure& why);
    void report_answer(const call& what, const http::response& answer, duration took);
    void report_failure(std::string_view operation, const failure& why);

    http::transport& transport_;
    http::rate_gate& gate_;
    std::function<secret()> key_;
    event_sink& events_;
    const clock& time_;
    std::function<double()> random_;
    client_options options_;
    const retraind::api_version& version_;
    notation written_; ///< request bodies
};

} // namespace retraind::customvision
