#include "sandbox/service/project_settings.hpp"

#include <array>

#include "sandbox/service/domains.hpp"
#include "sandbox/service/text_list.hpp"
#include "sandbox/versions.hpp"

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
    constexpr auto types = std::to_array<std::string_view>({"Multiclass", "Multilabel"});
    const auto type = wanted ? find_word(types, *wanted) : std::nullopt;
    if (wanted && !type) {
        return refusal{"BadRequestProjectUnknownClassification", "Unknown classification type"};
    }
    if (!find_domain(to.domain_id)->classifies()) {
        to.classification.reset();
    } else if (type) {
        to.classification = type;
    } else if (!to.classification) {
        to.classification = "Multilabel";
    }
    return std::nullopt;
}

std::optional<refusal> apply_platforms(const std::vector<std::string>& wanted, int minor,
                                       project& to) {
    std::vector<std::string> known;
    for (const std::string& each : wanted) {
        auto platform = find_word(platforms, each);
        if (!platform || (*platform == "OpenVino" && !version_of(minor).has_openvino)) {
            return refusal{"BadRequestProjectUnsupportedExportPlatform",
                           "Unsupported export platform"};
        }
        known.push_back(std::move(*platform));
    }
    to.export_platforms = std::move(known);
    return std::nullopt;
}

/// Kept for who reads them again; a version without them leaves them as they are.
void apply_addresses(const wanted_settings& wanted, int minor, project& to) {
    if (!version_of(minor).takes_project_options) {
        return;
    }
    const auto apply = [](const std::optional<std::string>& from,
                          std::optional<std::string>& into) {
        if (from) {
            into = from->empty() ? std::nullopt : from;
        }
    };
    apply(wanted.export_container, to.export_container);
    apply(wanted.notification_queue, to.notification_queue);
}

} // namespace

std::optional<refusal> apply_settings(const wanted_settings& wanted, int minor, project& to) {
    if (wanted.name && wanted.name->find_first_not_of(" \t") == std::string::npos) {
        return refusal{"BadRequestProjectName", "Invalid project name"};
    }
    apply_addresses(wanted, minor, to);
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
