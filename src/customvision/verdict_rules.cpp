#include "retraind/customvision/verdict_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace retraind::customvision {
namespace {

struct code_rule {
    std::string_view code;
    verdict meaning;
};

/// CONTRACT.md section 3.1, and those of section 3's enumeration that it leaves out but whose name
/// tells. A code that is not here is judged by its status.
constexpr std::array code_rules{
    code_rule{"BadRequestTrainingNotNeeded", verdict::state},
    code_rule{"BadRequestTrainingNotNeededButTrainingPipelineUpdated", verdict::state},
    code_rule{"BadRequestTrainingAlreadyInProgress", verdict::state},
    code_rule{"BadRequestIterationIsPublished", verdict::state},
    code_rule{"BadRequestIterationNotPublished", verdict::state},
    code_rule{"BadRequestExportAlreadyInProgress", verdict::state},

    code_rule{"BadRequestTrainingValidationFailed", verdict::needs_data},
    code_rule{"BadRequestClassificationTrainingValidationFailed", verdict::needs_data},
    code_rule{"BadRequestMultiClassClassificationTrainingValidationFailed", verdict::needs_data},
    code_rule{"BadRequestMultiLabelClassificationTrainingValidationFailed", verdict::needs_data},
    code_rule{"BadRequestDetectionTrainingValidationFailed", verdict::needs_data},

    code_rule{"BadRequestExceedIterationPerProjectLimit", verdict::needs_operator},
    code_rule{"BadRequestExceedProjectLimit", verdict::needs_operator},
    code_rule{"BadRequestExceedTagPerProjectLimit", verdict::needs_operator},
    code_rule{"BadRequestExceedTagPerImageLimit", verdict::needs_operator},
    code_rule{"BadRequestExceededQuota", verdict::needs_operator},
    code_rule{"BadRequestInvalidPublishTarget", verdict::needs_operator},
    code_rule{"BadRequestInvalidPublishName", verdict::needs_operator},
    code_rule{"BadRequestCustomerManagedKeyRevoked", verdict::needs_operator},
    code_rule{"BadRequestDetectionTrainingNotAllowNegativeTag", verdict::needs_operator},
    code_rule{"BadRequestDomainNotSupportedForAdvancedTraining", verdict::needs_operator},
    code_rule{"BadRequestReservedBudgetInHoursNotEnoughForAdvancedTraining",
              verdict::needs_operator},
    code_rule{"BadRequestRetiredDomainNotSupportedForTraining", verdict::needs_operator},
    code_rule{"BadRequestProjectUnknownDomain", verdict::needs_operator},
    code_rule{"BadRequestMultipleNegativeTag", verdict::needs_operator},
    code_rule{"ForbiddenDRModeEnabled", verdict::needs_operator},

    code_rule{"Conflict", verdict::retry},
    code_rule{"ConflictInvalid", verdict::retry},
    code_rule{"ErrorUnknown", verdict::retry},
    code_rule{"ErrorServerTimeOut", verdict::retry},
    code_rule{"ErrorFeaturizationServiceUnavailable", verdict::retry},
    code_rule{"ErrorFeaturizationQueueTimeout", verdict::retry},
    code_rule{"ErrorPredictionServiceUnavailable", verdict::retry},
    code_rule{"ErrorProjectTrainingRequestFailed", verdict::retry},

    code_rule{"NotFoundProject", verdict::missing_project},
    code_rule{"NotFoundApimSubscription", verdict::unauthorised},
};

std::optional<verdict> rule_for(std::string_view code) {
    const auto rule = std::find_if(code_rules.begin(), code_rules.end(),
                                   [code](const code_rule& each) { return each.code == code; });
    return rule == code_rules.end() ? std::nullopt : std::optional(rule->meaning);
}

/// A thing below the project that is not there; the project itself is.
bool names_missing_part(std::string_view code) {
    return code.starts_with("NotFound") && code != "NotFound" && code != "NotFoundInvalid";
}

verdict judge_status(unsigned status, std::string_view code) {
    switch (status) {
    case 401:
    case 403:
        return verdict::unauthorised;
    case 402: // payment
    case 407: // a proxy's credentials
        return verdict::needs_operator;
    case 404:
    case 410:
        return names_missing_part(code) ? verdict::refused_batch : verdict::missing_project;
    case 408:
    case 409:
    case 421:
    case 425:
        return verdict::retry;
    default:
        return status >= 400 && status < 500 ? verdict::refused_batch : verdict::retry;
    }
}

} // namespace

bool is_success(unsigned status) noexcept {
    return status >= 200 && status < 300;
}

verdict judge_answer(unsigned status, std::string_view code, body_progress body) {
    if (status == 429) {
        return verdict::throttled;
    }
    if ((status == 408 || status == 413) && body != body_progress::none) {
        return verdict::shrink;
    }
    if (status == 401 || status >= 500) {
        return judge_status(status, code);
    }
    return rule_for(code).value_or(judge_status(status, code));
}

verdict judge_transport(errc code, body_progress body) noexcept {
    switch (code) {
    case errc::cancelled:
    case errc::changed:
        return verdict::abandoned;
    case errc::timed_out:
        return body == body_progress::none ? verdict::retry : verdict::shrink;
    case errc::network:
        return body == body_progress::under_way ? verdict::shrink : verdict::retry;
    default:
        return verdict::retry;
    }
}

errc error_kind(verdict meaning, unsigned status, std::string_view code) noexcept {
    if (meaning == verdict::unauthorised) {
        return errc::denied;
    }
    if (meaning == verdict::missing_project || status == 404 || code.starts_with("NotFound")) {
        return errc::not_found;
    }
    return errc::refused;
}

} // namespace retraind::customvision
