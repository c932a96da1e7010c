#include "sandbox/service/upload_answers.hpp"

#include <algorithm>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/glob.hpp"
#include "sandbox/service/shapes.hpp"
#include "sandbox/versions.hpp"

namespace sandbox::service {

namespace {

std::string wanted_status(const http::request& asked, const std::string& source) {
    for (const auto& [pattern, status] : asked.image_status_faults) {
        if (matches_glob(pattern, source)) {
            return status;
        }
    }
    return {};
}

json::value result_shape(const state& in, const upload_result& shown, std::string_view project_id,
                         int minor, ticks moment) {
    json::object shape;
    shape["sourceUrl"] = shown.source_url;
    shape["status"] = shown.status;
    if (shown.stored) {
        const auto links = in.links.make(project_id, shown.stored->id, moment);
        shape["image"] = image_shape(*shown.stored, links, tag_names::null, minor);
    }
    return shape;
}

} // namespace

bool admit(const http::request& asked, upload& of) {
    const std::string wanted = wanted_status(asked, of.source_url);
    if (!wanted.empty() && !is_success(wanted)) {
        of.status = wanted;
        return false;
    }
    of.success_status = wanted;
    return true;
}

http::response upload_summary(const state& in, std::vector<upload_result> results,
                              std::string_view project_id, int minor) {
    const bool successful =
        std::all_of(results.begin(), results.end(),
                    [](const upload_result& each) { return is_success(each.status); });
    if (!results.empty()) {
        std::rotate(results.begin(), results.begin() + 1, results.end());
    }
    const ticks moment = now();
    json::object shape;
    shape["isBatchSuccessful"] = successful;
    shape["images"] = array_of(results, [&](const upload_result& each) {
        return result_shape(in, each, project_id, minor, moment);
    });
    return json_response(successful || !version_of(minor).says_multi_status ? 200 : 207, shape);
}

} // namespace sandbox::service
