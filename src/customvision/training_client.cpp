#include "retraind/customvision/training_client.hpp"

#include "call.hpp"
#include "retraind/customvision/image_batch_encoder.hpp"
#include "retraind/customvision/json_codec.hpp"
#include "retraind/customvision/request_codec.hpp"
#include "retraind/http/retry_policy.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <fmt/format.h>

#include <stdexcept>

namespace retraind::customvision {
namespace {

constexpr unsigned most_attempts = 3; ///< of a read
/// A read that is asked to wait longer than this leaves it to its loop.
constexpr duration longest_repeat_wait = std::chrono::seconds(2);
call read_call(std::string_view operation, const request_target& target) {
    return {operation, "GET", target.text(), {}, nullptr};
}

call write_call(std::string_view operation, std::string method, const request_target& target) {
    return {operation, std::move(method), target.text(), {}, nullptr};
}

const retraind::api_version& version_named(const std::string& name) {
    const auto* found = find_api_version(name);
    if (found == nullptr) {
        throw std::invalid_argument("no Training API version " + name);
    }
    return *found;
}

notation notation_named(const client_options& options) {
    const auto written = notation_of(options.media_type);
    const auto asked = notation_of(options.accept);
    if (!written || !asked || asked == notation::form) {
        throw std::invalid_argument("no media types of the service: " + options.media_type + ", " +
                                    options.accept);
    }
    return *written;
}

result<bool> parse_published(std::string_view body, notation written) {
    auto done = parse_boolean(body, written);
    if (done && !*done) {
        return fail(errc::refused, "the service answered false");
    }
    return done;
}

} // namespace

training_client::training_client(http::transport& transport, http::rate_gate& gate,
                                 std::function<secret()> key, event_sink& events, const clock& time,
                                 std::function<double()> random, client_options options)
    : transport_(transport),
      gate_(gate),
      key_(std::move(key)),
      events_(events),
      time_(time),
      random_(std::move(random)),
      options_(std::move(options)),
      version_(version_named(options_.api_version)),
      written_(notation_named(options_)) {}

request_target training_client::path() const {
    return request_target(
        fmt::format("{}/customvision/{}/training", options_.base_path, version_.name));
}

request_target training_client::path(project_id id) const {
    return path().segment("projects").segment(to_string(id));
}

request_target training_client::path(project_id id, iteration_id which) const {
    return path(id).segment("iterations").segment(to_string(which));
}

task<answer<std::vector<domain>>> training_client::get_domains() {
    call what = read_call("GetDomains", path().segment("domains"));
    auto answered = co_await exchange(std::move(what));
    co_return decode("GetDomains", std::move(answered), parse_domains);
}

task<answer<std::vector<project>>> training_client::get_projects() {
    call what = read_call("GetProjects", path().segment("projects"));
    auto answered = co_await exchange(std::move(what));
    co_return decode("GetProjects", std::move(answered), parse_projects);
}

task<answer<project>> training_client::get_project(project_id id) {
    call what = read_call("GetProject", path(id));
    auto answered = co_await exchange(std::move(what));
    co_return decode("GetProject", std::move(answered), parse_project);
}

task<answer<project>> training_client::create_project(std::string name, domain_id domain,
                                                      std::optional<classification_type> kind) {
    request_target target = path().segment("projects");
    target.parameter("name", name).parameter("domainId", to_string(domain));
    if (kind) {
        target.parameter("classificationType", to_string(*kind));
    }
    call what = write_call("CreateProject", "POST", target);
    auto answered = co_await exchange(std::move(what));
    co_return decode("CreateProject", std::move(answered), parse_project);
}

task<answer<std::vector<tag>>> training_client::get_tags(project_id id) {
    call what = read_call("GetTags", path(id).segment("tags"));
    auto answered = co_await exchange(std::move(what));
    co_return decode("GetTags", std::move(answered), parse_tags);
}

task<answer<tag>> training_client::create_tag(project_id id, std::string name, tag_type type) {
    request_target target = path(id).segment("tags");
    target.parameter("name", name).parameter("type", to_string(type));
    call what = write_call("CreateTag", "POST", target);
    auto answered = co_await exchange(std::move(what));
    co_return decode("CreateTag", std::move(answered), parse_tag);
}

task<answer<image_summary>> training_client::create_images_from_files(project_id id,
                                                                      image_batch batch,
                                                                      runtime::workers& encoder,
                                                                      std::uint64_t most_bytes) {
    call what =
        write_call("CreateImagesFromFiles", "POST", path(id).segment("images").segment("files"));
    if (!version_.metadata) {
        batch.metadata.clear();
    }
    what.images = std::make_shared<image_batch_body>(std::move(batch), written_, encoder);
    const result<void> measured = co_await what.images->measure();
    if (!measured) {
        failure why = unanswered_failure(what, measured.error());
        report_failure(what.operation, why);
        co_return tl::unexpected(std::move(why));
    }
    const std::uint64_t bytes = what.images->size();
    if (bytes > most_bytes) {
        co_return tl::unexpected(oversized_failure(what, most_bytes));
    }
    co_return co_await send_images(std::move(what), bytes);
}

task<answer<image_summary>> training_client::create_images_from_urls(project_id id,
                                                                     url_batch batch) {
    call what =
        write_call("CreateImagesFromUrls", "POST", path(id).segment("images").segment("urls"));
    if (!version_.metadata) {
        batch.metadata.clear();
    }
    what.body = encode_url_batch(batch, written_);
    const std::uint64_t bytes = what.body.size();
    co_return co_await send_images(std::move(what), bytes);
}

task<answer<image_summary>> training_client::send_images(call what, std::uint64_t bytes) {
    const std::string_view operation = what.operation;
    image_summary summary;
    summary.body_bytes = bytes;
    auto answered = co_await exchange(std::move(what));
    if (answered) {
        summary.status = answered->status;
        summary.request_id = request_id_of(*answered);
    }
    answer<std::vector<image_result>> results =
        decode(operation, std::move(answered), parse_image_summary);
    if (!results) {
        co_return tl::unexpected(std::move(results.error()));
    }
    summary.results = std::move(*results);
    co_return summary;
}

task<answer<std::vector<image>>> training_client::get_images_by_ids(project_id id,
                                                                    std::vector<image_id> images) {
    request_target target = path(id).segment("images").segment("id");
    std::string list;
    for (const image_id& each : images) {
        list += (list.empty() ? "" : ",") + to_string(each);
    }
    target.parameter("imageIds", list);
    call what = read_call("GetImagesByIds", target);
    auto answered = co_await exchange(std::move(what));
    co_return decode("GetImagesByIds", std::move(answered), parse_images);
}

task<answer<std::uint64_t>> training_client::get_image_count(project_id id) {
    const request_target images = path(id).segment("images");
    request_target target = images;
    if (version_.all_images) {
        target.segment("count");
        co_return co_await count("GetImageCount", target);
    }
    target.segment("tagged").segment("count");
    const answer<std::uint64_t> tagged = co_await count("GetTaggedImageCount", target);
    if (!tagged) {
        co_return tl::unexpected(tagged.error());
    }
    target = images;
    target.segment("untagged").segment("count");
    const answer<std::uint64_t> untagged = co_await count("GetUntaggedImageCount", target);
    if (!untagged) {
        co_return tl::unexpected(untagged.error());
    }
    co_return *tagged + *untagged;
}

task<answer<std::uint64_t>> training_client::count(std::string_view operation,
                                                   request_target target) {
    call what = read_call(operation, target);
    auto answered = co_await exchange(std::move(what));
    co_return decode(operation, std::move(answered), parse_count);
}

task<answer<image_tag_summary>> training_client::create_image_tags(project_id id,
                                                                   std::vector<image_tag> tags) {
    call what = write_call("CreateImageTags", "POST", path(id).segment("images").segment("tags"));
    what.body = encode_image_tags(tags, written_);
    auto answered = co_await exchange(std::move(what));
    co_return decode("CreateImageTags", std::move(answered), parse_image_tag_summary);
}

task<answer<image_region_summary>>
training_client::create_image_regions(project_id id, std::vector<image_region> regions) {
    call what =
        write_call("CreateImageRegions", "POST", path(id).segment("images").segment("regions"));
    what.body = encode_image_regions(regions, written_);
    auto answered = co_await exchange(std::move(what));
    co_return decode("CreateImageRegions", std::move(answered), parse_image_region_summary);
}

task<answer<void>> training_client::delete_project(project_id id) {
    call what = write_call("DeleteProject", "DELETE", path(id));
    co_return co_await send_without_answer(std::move(what));
}

task<answer<void>> training_client::delete_tag(project_id id, tag_id which) {
    request_target target = path(id).segment("tags").segment(to_string(which));
    call what = write_call("DeleteTag", "DELETE", target);
    co_return co_await send_without_answer(std::move(what));
}

task<answer<void>> training_client::delete_iteration(project_id id, iteration_id which) {
    call what = write_call("DeleteIteration", "DELETE", path(id, which));
    co_return co_await send_without_answer(std::move(what));
}

task<answer<iteration>> training_client::train(project_id id, train_request wanted) {
    request_target target = path(id).segment("train");
    target.parameter("trainingType", to_string(wanted.type));
    if (wanted.type == training_type::advanced) {
        target.parameter("reservedBudgetInHours", std::to_string(wanted.budget_hours));
    }
    call what = write_call("TrainProject", "POST", target);
    if (version_.selected_tags && !wanted.selected_tags.empty()) {
        what.body = encode_train_body(wanted.selected_tags, written_);
    }
    auto answered = co_await exchange(std::move(what));
    co_return decode("TrainProject", std::move(answered), parse_iteration);
}

task<answer<std::vector<iteration>>> training_client::get_iterations(project_id id) {
    call what = read_call("GetIterations", path(id).segment("iterations"));
    auto answered = co_await exchange(std::move(what));
    co_return decode("GetIterations", std::move(answered), parse_iterations);
}

task<answer<iteration>> training_client::get_iteration(project_id id, iteration_id which) {
    call what = read_call("GetIteration", path(id, which));
    auto answered = co_await exchange(std::move(what));
    co_return decode("GetIteration", std::move(answered), parse_iteration);
}

task<answer<performance>> training_client::get_performance(project_id id, iteration_id which) {
    call what = read_call("GetIterationPerformance", path(id, which).segment("performance"));
    auto answered = co_await exchange(std::move(what));
    co_return decode("GetIterationPerformance", std::move(answered), parse_performance);
}

task<answer<void>> training_client::publish(project_id id, iteration_id which,
                                            std::string publish_name,
                                            std::string prediction_resource_id, bool overwrite) {
    request_target target = path(id, which).segment("publish");
    target.parameter("publishName", publish_name).parameter("predictionId", prediction_resource_id);
    if (overwrite && version_.overwrite) {
        target.parameter("overwrite", "true");
    }
    call what = write_call("PublishIteration", "POST", target);
    auto answered = co_await exchange(std::move(what));
    co_return decode("PublishIteration", std::move(answered), parse_published).map([](bool) {});
}

task<answer<void>> training_client::unpublish(project_id id, iteration_id which) {
    call what = write_call("UnpublishIteration", "DELETE", path(id, which).segment("publish"));
    co_return co_await send_without_answer(std::move(what));
}

task<answer<void>> training_client::send_without_answer(call what) {
    const auto answered = co_await exchange(std::move(what));
    if (!answered) {
        co_return tl::unexpected(answered.error());
    }
    co_return answer<void>();
}

task<answer<http::response>> training_client::exchange(call what) {
    for (unsigned tried = 1;; ++tried) {
        auto answered = co_await attempt(what);
        std::optional<duration> wait;
        if (!answered) {
            wait = wait_before_repeat(what, answered.error(), tried);
        }
        if (!wait) {
            co_return answered;
        }
        boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
        timer.expires_after(*wait);
        co_await timer.async_wait(use_tuple);
    }
}

std::optional<duration> training_client::wait_before_repeat(const call& what, const failure& why,
                                                            unsigned tried) const {
    if (!may_repeat(what) || tried >= most_attempts) {
        return std::nullopt;
    }
    if (why.meaning == verdict::throttled) {
        return duration::zero(); // the gate is what waits
    }
    if (why.meaning != verdict::retry || why.retry_after > longest_repeat_wait) {
        return std::nullopt;
    }
    const http::retry_policy waits(options_.first_repeat, longest_repeat_wait);
    return waits.wait(tried, random_(), why.retry_after);
}

/// The answer is only believed when it can be read; what cannot may have done its work all the
/// same.
template <class Value>
answer<Value> training_client::decode(std::string_view operation, answer<http::response> answered,
                                      result<Value> (*parse)(std::string_view, notation)) {
    if (!answered) {
        return tl::unexpected(std::move(answered).error());
    }
    auto value = parse(answered->body, notation_of_answer(answered->field("Content-Type")));
    if (!value) {
        failure why = unreadable_failure(operation, *answered, value.error());
        report_failure(operation, why);
        return tl::unexpected(std::move(why));
    }
    return std::move(*value);
}

bool training_client::takes_names_over() const noexcept {
    return version_.overwrite;
}

bool training_client::takes_metadata() const noexcept {
    return version_.metadata;
}

bool training_client::selects_tags() const noexcept {
    return version_.selected_tags;
}

bool training_client::lists_all_images() const noexcept {
    return version_.all_images;
}

bool training_client::deletes_all_images() const noexcept {
    return version_.delete_all_images;
}

std::uint64_t training_client::entry_bytes(const image_entry& entry) const {
    return encoded_entry_bytes(entry, written_);
}

std::uint64_t training_client::envelope_bytes(const metadata_map& metadata) const {
    return encoded_envelope_bytes(metadata, written_);
}

} // namespace retraind::customvision
