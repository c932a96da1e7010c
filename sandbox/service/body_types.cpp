#include "sandbox/service/body_types.hpp"

#include <algorithm>
#include <array>

#include "sandbox/http/message.hpp"

namespace sandbox::service {

namespace {

using form = body_type::form;

constexpr body_type text{form::text};
constexpr body_type bytes{form::bytes};
constexpr body_type number{form::number};
constexpr body_type boolean{form::boolean};
constexpr body_type texts{form::list, {}, {}, &text};
constexpr body_type text_map{form::map, {}, {}, &text};
constexpr body_type boolean_map{form::map, {}, {}, &boolean};

template <std::size_t Size>
using members = std::array<body_member, Size>;

template <std::size_t Size>
constexpr body_type object_of(std::string_view schema, const members<Size>& of) {
    return {form::object, schema, of, nullptr};
}

constexpr body_type list_of(const body_type& item) {
    return {form::list, {}, {}, &item};
}

constexpr members<5> region_members{{{"tagId", &text},
                                     {"left", &number},
                                     {"top", &number},
                                     {"width", &number},
                                     {"height", &number}}};
constexpr body_type region = object_of("Region", region_members);
constexpr body_type regions = list_of(region);

constexpr members<4> file_members{
    {{"name", &text}, {"contents", &bytes}, {"tagIds", &texts}, {"regions", &regions}}};
constexpr body_type file = object_of("ImageFileCreateEntry", file_members);
constexpr body_type files = list_of(file);
constexpr members<3> file_batch_members{
    {{"images", &files}, {"tagIds", &texts}, {"metadata", &text_map}}};
constexpr body_type file_batch_type = object_of("ImageFileCreateBatch", file_batch_members);

constexpr members<3> url_members{{{"url", &text}, {"tagIds", &texts}, {"regions", &regions}}};
constexpr body_type url_entry = object_of("ImageUrlCreateEntry", url_members);
constexpr body_type url_entries = list_of(url_entry);
constexpr members<3> url_batch_members{
    {{"images", &url_entries}, {"tagIds", &texts}, {"metadata", &text_map}}};
constexpr body_type url_batch = object_of("ImageUrlCreateBatch", url_batch_members);

constexpr members<3> id_members{{{"id", &text}, {"tagIds", &texts}, {"regions", &regions}}};
constexpr body_type id_entry = object_of("ImageIdCreateEntry", id_members);
constexpr body_type id_entries = list_of(id_entry);
constexpr members<3> id_batch_members{
    {{"images", &id_entries}, {"tagIds", &texts}, {"metadata", &text_map}}};
constexpr body_type id_batch = object_of("ImageIdCreateBatch", id_batch_members);

constexpr members<6> image_region_members{{{"imageId", &text},
                                           {"tagId", &text},
                                           {"left", &number},
                                           {"top", &number},
                                           {"width", &number},
                                           {"height", &number}}};
constexpr body_type image_region = object_of("ImageRegionCreateEntry", image_region_members);
constexpr body_type image_regions = list_of(image_region);
constexpr members<1> region_batch_members{{{"regions", &image_regions}}};
constexpr body_type region_batch = object_of("ImageRegionCreateBatch", region_batch_members);

constexpr members<2> image_tag_members{{{"imageId", &text}, {"tagId", &text}}};
constexpr body_type image_tag_type = object_of("ImageTagCreateEntry", image_tag_members);
constexpr body_type image_tags = list_of(image_tag_type);
constexpr members<1> tag_batch_members{{{"tags", &image_tags}}};
constexpr body_type tag_batch = object_of("ImageTagCreateBatch", tag_batch_members);

constexpr members<1> url_only_members{{{"url", &text}}};
constexpr body_type image_url = object_of("ImageUrl", url_only_members);

constexpr members<1> processing_members{{{"augmentationMethods", &boolean_map}}};
constexpr body_type processing = object_of("ImageProcessingSettings", processing_members);
constexpr members<6> settings_members{{{"domainId", &text},
                                       {"classificationType", &text},
                                       {"targetExportPlatforms", &texts},
                                       {"imageProcessingSettings", &processing},
                                       {"exportModelContainerUri", &text},
                                       {"notificationQueueUri", &text}}};
constexpr body_type settings = object_of("ProjectSettings", settings_members);
constexpr members<4> project_members{
    {{"name", &text}, {"description", &text}, {"settings", &settings}, {"status", &text}}};
constexpr body_type project_type = object_of("Project", project_members);
constexpr members<2> options_members{
    {{"exportModelContainerUri", &text}, {"notificationQueueUri", &text}}};
constexpr body_type options = object_of("CreateProjectOptions", options_members);

constexpr members<3> tag_members{{{"name", &text}, {"description", &text}, {"type", &text}}};
constexpr body_type tag_type = object_of("Tag", tag_members);

constexpr members<1> iteration_members{{{"name", &text}}};
constexpr body_type iteration_type = object_of("Iteration", iteration_members);

constexpr members<2> base_model_members{{{"projectId", &text}, {"iterationId", &text}}};
constexpr body_type base_model = object_of("CustomBaseModelInfo", base_model_members);
constexpr members<2> training_members{
    {{"selectedTags", &texts}, {"customBaseModelInfo", &base_model}}};
constexpr body_type training = object_of("TrainingParameters", training_members);

constexpr members<3> query_tag_members{
    {{"id", &text}, {"minThreshold", &number}, {"maxThreshold", &number}}};
constexpr body_type query_tag = object_of("PredictionQueryTag", query_tag_members);
constexpr body_type query_tags = list_of(query_tag);
constexpr members<9> query_members{{{"session", &text},
                                    {"continuation", &text},
                                    {"maxCount", &number},
                                    {"orderBy", &text},
                                    {"tags", &query_tags},
                                    {"iterationId", &text},
                                    {"startTime", &text},
                                    {"endTime", &text},
                                    {"application", &text}}};
constexpr body_type prediction_query = object_of("PredictionQueryToken", query_members);

struct row {
    std::string_view operation;
    const body_type* takes;
    std::string_view answers;
};

constexpr auto rows = std::to_array<row>({
    {"GetDomains", nullptr, "ArrayOfDomain"},
    {"GetDomain", nullptr, "Domain"},
    {"GetProjects", nullptr, "ArrayOfProject"},
    {"CreateProject", &options, "Project"},
    {"GetProject", nullptr, "Project"},
    {"UpdateProject", &project_type, "Project"},
    {"GetImages", nullptr, "ArrayOfImage"},
    {"GetImageCount", nullptr, "int"},
    {"GetImagesByIds", nullptr, "ArrayOfImage"},
    {"GetTaggedImages", nullptr, "ArrayOfImage"},
    {"GetTaggedImageCount", nullptr, "int"},
    {"GetUntaggedImages", nullptr, "ArrayOfImage"},
    {"GetUntaggedImageCount", nullptr, "int"},
    {"CreateImagesFromData", nullptr, "ImageCreateSummary"},
    {"CreateImagesFromFiles", &file_batch_type, "ImageCreateSummary"},
    {"CreateImagesFromUrls", &url_batch, "ImageCreateSummary"},
    {"CreateImagesFromPredictions", &id_batch, "ImageCreateSummary"},
    {"UpdateImageMetadata", &text_map, "ImageMetadataUpdateSummary"},
    {"CreateImageRegions", &region_batch, "ImageRegionCreateSummary"},
    {"CreateImageTags", &tag_batch, "ImageTagCreateSummary"},
    {"GetIterations", nullptr, "ArrayOfIteration"},
    {"GetIteration", nullptr, "Iteration"},
    {"UpdateIteration", &iteration_type, "Iteration"},
    {"TrainProject", &training, "Iteration"},
    {"GetIterationPerformance", nullptr, "IterationPerformance"},
    {"PublishIteration", nullptr, "boolean"},
    {"GetExports", nullptr, "ArrayOfExport"},
    {"ExportIteration", nullptr, "Export"},
    {"QueryPredictions", &prediction_query, "PredictionQueryResult"},
    {"QuickTestImage", nullptr, "ImagePrediction"},
    {"QuickTestImageUrl", &image_url, "ImagePrediction"},
    {"GetTags", nullptr, "ArrayOfTag"},
    {"GetTag", nullptr, "Tag"},
    {"CreateTag", nullptr, "Tag"},
    {"UpdateTag", &tag_type, "Tag"},
    {"ClassifyImage", nullptr, "ImagePrediction"},
    {"ClassifyImageWithNoStore", nullptr, "ImagePrediction"},
    {"ClassifyImageUrl", &image_url, "ImagePrediction"},
    {"ClassifyImageUrlWithNoStore", &image_url, "ImagePrediction"},
    {"DetectImage", nullptr, "ImagePrediction"},
    {"DetectImageWithNoStore", nullptr, "ImagePrediction"},
    {"DetectImageUrl", &image_url, "ImagePrediction"},
    {"DetectImageUrlWithNoStore", &image_url, "ImagePrediction"},
});

const row* find_row(std::string_view operation) {
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const row& each) { return each.operation == operation; });
    return found == rows.end() ? nullptr : &*found;
}

} // namespace

const body_member* body_type::find(std::string_view name) const {
    const auto found = std::find_if(members.begin(), members.end(), [&](const body_member& each) {
        return http::equal_without_case(each.name, name);
    });
    return found == members.end() ? nullptr : &*found;
}

const body_type* body_type_of(std::string_view operation) {
    const row* found = find_row(operation);
    return found == nullptr ? nullptr : found->takes;
}

std::string_view answer_root_of(std::string_view operation) {
    const row* found = find_row(operation);
    return found == nullptr ? std::string_view() : found->answers;
}

} // namespace sandbox::service
