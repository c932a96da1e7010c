#include "sandbox/service/domains.hpp"

#include <algorithm>
#include <array>

#include "sandbox/http/message.hpp"

namespace sandbox::service {

namespace {

constexpr auto compact_platforms = std::to_array<std::string_view>(
    {"VAIDK", "CoreML", "DockerFile", "ONNX", "OpenVino", "TensorFlow"});
constexpr auto detection_platforms =
    std::to_array<std::string_view>({"CoreML", "DockerFile", "ONNX", "TensorFlow"});
constexpr auto s1_platforms = std::to_array<std::string_view>(
    {"VAIDK", "CoreML", "DockerFile", "ONNX", "OpenVino", "TensorFlow", "IVS"});

constexpr auto domains = std::to_array<domain>({
    {"ee85a74c-405e-4adc-bb47-ffa8ca0c9f31", "General", "Classification", {}, {}},
    {"c151d5b5-dd07-472a-acc8-15d29dea8518", "Food", "Classification", {}, {}},
    {"ca455789-012d-4b50-9fec-5bb63841c793", "Landmarks", "Classification", {}, {}},
    {"b30a91ae-e3c1-4f73-a81e-c270bff27c39", "Retail", "Classification", {}, {}},
    {"45badf75-3591-4f26-a705-45678d3e9f5f", "Adult", "Classification", {}, {}},
    {"0732100f-1a38-4e49-a514-c9b44c697ab5",
     "General (compact)",
     "Classification",
     compact_platforms,
     {5, "A ShuffleNet-like model for general classification problem."}},
    {"8882951b-82cd-4c32-970b-d5f8cb8bf6d7",
     "Food (compact)",
     "Classification",
     compact_platforms,
     {5, "A ShuffleNet-like model for food classification problem."}},
    {"b5cfd229-2ac7-4b2b-8d0a-2b0661344894",
     "Landmarks (compact)",
     "Classification",
     compact_platforms,
     {5, "A ShuffleNet-like model for landmarks classification problem."}},
    {"6b4faeda-8396-481b-9f8b-177b9fa3097f",
     "Retail (compact)",
     "Classification",
     compact_platforms,
     {5, "A ShuffleNet-like based model for food classification problem."}},
    {"da2e3a8a-40a5-4171-82f4-58522f70fbc1", "General", "ObjectDetection", {}, {}},
    {"1d8ffafe-ec40-4fb2-8f90-72b3b6cecea4", "Logo", "ObjectDetection", {}, {}},
    {"3780a898-81c3-4516-81ae-3a139614e1f3", "Products on Shelves", "ObjectDetection", {}, {}},
    {"a27d5ca5-bb19-49d8-a70a-fec086c47f5b",
     "General (compact)",
     "ObjectDetection",
     detection_platforms,
     {42, "A YOLO-like model for general detection problem."}},
    {"7ec2ac80-887b-48a6-8df9-8b1357765430",
     "General (compact) [S1]",
     "ObjectDetection",
     s1_platforms,
     {13, "A SSD-like model for general detection problem."}},
});

} // namespace

std::span<const domain> all_domains() {
    return domains;
}

const domain* find_domain(std::string_view id) {
    const auto found = std::find_if(domains.begin(), domains.end(), [&](const domain& candidate) {
        return http::equal_without_case(candidate.id, id);
    });
    return found == domains.end() ? nullptr : &*found;
}

} // namespace sandbox::service
