#include "sandbox/service/service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sandbox/http/gateway_answers.hpp"
#include "sandbox/service/answer_notation.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/trainer.hpp"

namespace sandbox::service {

namespace {

struct row {
    std::string_view operation;
    outcome (*run)(state&, const call&);
};

constexpr auto operations = std::to_array<row>({
    {"GetDomains", get_domains},
    {"GetDomain", get_domain},
    {"GetProjects", get_projects},
    {"GetProject", get_project},
    {"CreateProject", create_project},
    {"UpdateProject", update_project},
    {"DeleteProject", delete_project},
    {"GetTags", get_tags},
    {"GetTag", get_tag},
    {"CreateTag", create_tag},
    {"UpdateTag", update_tag},
    {"DeleteTag", delete_tag},
    {"CreateImagesFromFiles", create_images_from_files},
    {"CreateImagesFromData", create_images_from_data},
    {"CreateImagesFromPredictions", create_images_from_predictions},
    {"UpdateImageMetadata", update_image_metadata},
    {"CreateImagesFromUrls", create_images_from_urls},
    {"GetImages", get_images},
    {"GetImageCount", get_image_count},
    {"GetTaggedImages", get_tagged_images},
    {"GetTaggedImageCount", get_tagged_image_count},
    {"GetUntaggedImages", get_untagged_images},
    {"GetUntaggedImageCount", get_untagged_image_count},
    {"GetImagesByIds", get_images_by_ids},
    {"DeleteImages", delete_images},
    {"CreateImageTags", create_image_tags},
    {"DeleteImageTags", delete_image_tags},
    {"CreateImageRegions", create_image_regions},
    {"DeleteImageRegions", delete_image_regions},
    {"TrainProject", train_project},
    {"GetIterations", get_iterations},
    {"GetIteration", get_iteration},
    {"UpdateIteration", update_iteration},
    {"DeleteIteration", delete_iteration},
    {"GetIterationPerformance", get_iteration_performance},
    {"PublishIteration", publish_iteration},
    {"UnpublishIteration", unpublish_iteration},
    {"ExportIteration", export_iteration},
    {"GetExports", get_exports},
    {"ClassifyImage", classify},
    {"ClassifyImageWithNoStore", classify},
    {"ClassifyImageUrl", classify},
    {"ClassifyImageUrlWithNoStore", classify},
    {"DetectImage", detect},
    {"DetectImageWithNoStore", detect},
    {"DetectImageUrl", detect},
    {"DetectImageUrlWithNoStore", detect},
    {"QuickTestImage", quick_test},
    {"QuickTestImageUrl", quick_test},
    {"QueryPredictions", query_predictions},
    {"DeletePrediction", delete_prediction},
    {"GetBlob", get_blob},
});

/// The gateway's quota of prediction calls, whatever comes of them; it is kept with the state.
/// Months are those of the calendar: nobody has said which the service counts.
std::optional<http::response> refuse_volume(state& in, const http::route& route) {
    const std::size_t most = in.limits.predictions_per_month;
    if (route.service != http::api::prediction || most == 0) {
        return std::nullopt;
    }
    const ticks moment = now();
    const std::scoped_lock lock(in.guard);
    return in.predictions.count_call(month_text(moment), most)
               ? std::nullopt
               : std::optional(http::out_of_call_volume(rest_of_month(moment)));
}

} // namespace

struct service::inside {
    explicit inside(const service_options& options)
        : everything(options.data, options.tier, options.base_url), training(everything) {
        everything.start_training = [this](const iteration& made) {
            training.enqueue(made);
        };
    }

    state everything;
    trainer training;
};

service::service(service_options options) : inside_(std::make_unique<inside>(options)) {}

service::~service() = default;

void service::interrupt() {
    inside_->everything.addresses.stop();
}

http::response service::handle(http::request& request, const http::route& route) {
    if (auto refused = refuse_volume(inside_->everything, route)) {
        return std::move(*refused);
    }
    const auto found = std::find_if(operations.begin(), operations.end(), [&](const row& each) {
        return each.operation == route.operation;
    });
    http::response answer;
    if (found == operations.end()) {
        answer = to_response({"BadRequestNotSupported",
                              fmt::format("Operation {} is not supported", route.operation)});
    } else {
        const call asked(request, route);
        outcome done = found->run(inside_->everything, asked);
        answer = done ? std::move(*done) : to_response(done.error());
    }
    apply_accept(request, route.operation, answer);
    return answer;
}

void service::stop() {
    inside_->training.stop();
}

} // namespace sandbox::service
