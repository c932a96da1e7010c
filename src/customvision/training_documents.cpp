// Reads whose answer is handed on as it came.
#include "call.hpp"
#include "retraind/base/api_version.hpp"
#include "retraind/customvision/media_type_rules.hpp"
#include "retraind/customvision/training_client.hpp"
#include "retraind/http/retry_after_codec.hpp"

#include "json_reader.hpp"

namespace retraind::customvision {
namespace {

document_address below_project(std::string_view operation, project_id id,
                               std::vector<std::string> further) {
    std::vector<std::string> segments{"projects", to_string(id)};
    segments.insert(segments.end(), further.begin(), further.end());
    return {operation, std::move(segments)};
}

std::optional<wall_time> date_of(const http::response& answer) {
    const auto field = answer.field("Date");
    return field ? http::parse_http_date(*field) : std::nullopt;
}

} // namespace

document_address domains_document() {
    return {"GetDomains", {"domains"}};
}

document_address projects_document() {
    return {"GetProjects", {"projects"}};
}

document_address project_document(project_id id) {
    return below_project("GetProject", id, {});
}

document_address tags_document(project_id id) {
    return below_project("GetTags", id, {"tags"});
}

document_address tag_document(project_id id, tag_id which) {
    return below_project("GetTag", id, {"tags", to_string(which)});
}

document_address iterations_document(project_id id) {
    return below_project("GetIterations", id, {"iterations"});
}

document_address iteration_document(project_id id, iteration_id which) {
    return below_project("GetIteration", id, {"iterations", to_string(which)});
}

document_address performance_document(project_id id, iteration_id which) {
    return below_project("GetIterationPerformance", id,
                         {"iterations", to_string(which), "performance"});
}

task<answer<document>> training_client::read_document(document_address where) {
    request_target target = path();
    for (const std::string& each : where.segments) {
        target.segment(each);
    }
    call what{where.operation, "GET", target.text(), {}, nullptr};
    answer<http::response> answered = co_await exchange(std::move(what));
    if (!answered) {
        co_return tl::unexpected(std::move(answered.error()));
    }
    const result<boost::json::value> readable = parse_document(answered->body, notation::json);
    if (!readable) {
        failure why = unreadable_failure(where.operation, *answered, readable.error());
        report_failure(where.operation, why);
        co_return tl::unexpected(std::move(why));
    }
    document found;
    found.date = date_of(*answered);
    found.body = std::move(answered->body);
    co_return found;
}

} // namespace retraind::customvision
