#include "sandbox/service/publish_rules.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

#include "sandbox/http/message.hpp"

namespace sandbox::service {

namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        segments.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return segments;
}

/// The name becomes one segment of the prediction address.
bool is_publish_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 &&
           name.find_first_of("/\\?#%") == std::string_view::npos &&
           name.find_first_not_of(" .") != std::string_view::npos;
}

} // namespace

bool is_account_id(std::string_view resource_id) {
    // Empty: any name stands there.
    constexpr auto form =
        std::to_array<std::string_view>({"subscriptions", "", "resourceGroups", "", "providers",
                                         "Microsoft.CognitiveServices", "accounts", ""});
    const auto segments = segments_of(resource_id);
    if (segments.size() != form.size() + 1 || !segments.front().empty()) {
        return false;
    }
    for (std::size_t i = 0; i < form.size(); ++i) {
        const std::string_view given = segments[i + 1];
        if (form[i].empty() ? given.empty() : !http::equal_without_case(form[i], given)) {
            return false;
        }
    }
    return true;
}

refusal iteration_is_published(std::string_view publish_name) {
    return {"BadRequestIterationIsPublished",
            fmt::format("Iteration is already published as: {}", publish_name)};
}

std::optional<refusal> refuse_publish(const publish_question& asked) {
    if (!is_publish_name(asked.name)) {
        return refusal{"BadRequestInvalidPublishName", "Invalid publish name"};
    }
    if (!is_account_id(asked.prediction_id)) {
        return refusal{"BadRequestInvalidPublishTarget", "Invalid prediction resource id"};
    }
    if (asked.target.status != "Completed") {
        return refusal{"BadRequestIterationIsNotTrained", "Iteration is not trained"};
    }
    if (asked.target.publish_name) {
        return iteration_is_published(*asked.target.publish_name);
    }
    if (asked.holder && !asked.overwrite) {
        return refusal{"Conflict", fmt::format("Publish name {} is already used by iteration: {}",
                                               asked.name, asked.holder->name)};
    }
    return std::nullopt;
}

} // namespace sandbox::service
