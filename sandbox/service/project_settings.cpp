#include "sandbox/service/project_settings.hpp"

#include <algorithm>
#include <array>

#include "sandbox/service/domains.hpp"
#include "sandbox/service/versions.hpp"

namespace sandbox::service {

namespace {

constexpr auto platforms = std::to_array<std::string_view>(
    {"CoreML", "TensorFlow", "DockerFile", "ONNX", "VAIDK", "OpenVino"});

std::optional<refusal> apply_domain(const std::string& id, project& to) {
    const domain* wanted = find_domain(id);
    if (wanted == nullptr) {
        return refusal{"BadRequestProjectUnknownDomain", "Unknown domain"};
    }
    const domain* present = find_domain(to.domain_id);
    if (!to.id.empty() && present != nullptr && present->type != wanted->type) {
        return refusal{"BadRequestProjectUnsupportedDomainTypeChange",
                       "The type of a project's domain cannot be changed"};
    }
    to.domain_id = wanted->id;
    return std::nullopt;
}

std::optional<refusal> apply_classification(const std::optional<std::string>& wanted, project& to) {
    if (wanted && *wanted != "Multiclass" && *wanted != "Multilabel") {
        return refusal{"BadRequestProjectUnknownClassification", "Unknown classification type"};
    }
    if (!find_domain(to.domain_id)->classifies()) {
        to.classification.reset();
    } else if (wanted) {
        to.classification = wanted;
    } else if (!to.classification) {
        to.classification = "Multilabel";
    }
    return std::nullopt;
}

std::optional<refusal> apply_platforms(const std::vector<std::string>& wanted, int minor,
                                       project& to) {
    const bool known = std::all_of(wanted.begin(), wanted.end(), [minor](const std::string& each) {
        const bool is_there = version_of(minor).has_openvino || each != "OpenVino";
        return is_there && std::find(platforms.begin(), platforms.end(), each) != platforms.end();
    });
    if (!known) {
        return refusal{"BadRequestProjectUnsupportedExportPlatform", "Unsupported export platform"};
    }
    to.export_platforms = wanted;
    return std::nullopt;
}

} // namespace

std::optional<refusal> apply_settings(const wanted_settings& wanted, int minor, project& to) {
    if (wanted.name && wanted.name->find_first_not_of(" \t") == std::string::npos) {
        return refusal{"BadRequestProjectName", "Invalid project name"};
    }
    to.name = wanted.name.value_or(to.name);
    to.description = wanted.description.value_or(to.description);
    if (wanted.domain_id || to.domain_id.empty()) {
        auto refused = apply_domain(wanted.domain_id.value_or(std::string(default_domain_id)), to);
        if (refused) {
            return refused;
        }
    }
    if (auto refused = apply_classification(wanted.classification, to)) {
        return refused;
    }
    return wanted.export_platforms ? apply_platforms(*wanted.export_platforms, minor, to)
                                   : std::nullopt;
}

} // namespace sandbox::service
