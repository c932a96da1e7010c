#include "retraind/report/admin_answers.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "retraind/base/text.hpp"

namespace retraind::report {
namespace {

namespace json = boost::json;

template <class Text>
json::value or_null(const std::optional<Text>& text) {
    return text ? json::value(printable(*text)) : json::value(nullptr);
}

json::object files_object(const file_counts& files) {
    json::object object;
    object["settling"] = files.settling;
    object["waiting"] = files.waiting;
    object["in_flight"] = files.in_flight;
    object["held"] = files.held;
    return object;
}

json::object totals_object(const outcome_totals& totals) {
    json::object object;
    object["confirmed"] = totals.confirmed;
    object["duplicate"] = totals.duplicate;
    object["held_out"] = totals.held_out;
    object["removed"] = totals.removed;
    object["rejected"] = totals.rejected;
    return object;
}

json::object training_object(const training_status& training) {
    json::object object;
    object["state"] = training.state;
    object["reason"] = printable(training.reason);
    object["last"] = nullptr;
    if (training.last) {
        json::object last;
        last["iteration"] = training.last->iteration;
        last["result"] = training.last->result;
        last["at"] = format_utc(training.last->at);
        object["last"] = std::move(last);
    }
    return object;
}

json::object use_object(const capacity_use& use) {
    json::object object;
    object["used"] = use.used;
    object["limit"] = use.limit;
    return object;
}

json::object project_object(const project_status& project) {
    json::object object;
    object["name"] = printable(project.name);
    object["id"] = project.id;
    object["ready"] = project.ready;
    object["reason"] = or_null(project.reason);
    object["oldest_waiting_seconds"] = project.oldest_waiting_seconds;
    object["files"] = files_object(project.files);
    object["totals"] = totals_object(project.totals);
    object["training"] = training_object(project.training);
    json::array published;
    for (const published_iteration& each : project.published) {
        json::object one;
        one["name"] = printable(each.name);
        one["iteration"] = each.iteration;
        published.push_back(std::move(one));
    }
    object["published"] = std::move(published);
    json::object capacity;
    capacity["images"] = use_object(project.capacity.images);
    capacity["tags"] = use_object(project.capacity.tags);
    capacity["iterations"] = use_object(project.capacity.iterations);
    object["capacity"] = std::move(capacity);
    return object;
}

admin_answer text_answer(unsigned status, std::string body) {
    return {status, "text/plain; charset=utf-8", std::move(body)};
}

admin_answer readiness(const daemon_status& now) {
    std::string reasons;
    for (const project_status& project : now.projects) {
        if (!project.ready) {
            reasons += fmt::format("{}: {}\n", printable(project.name),
                                   printable(project.reason.value_or("starting")));
        }
    }
    return reasons.empty() ? text_answer(200, "ready\n") : text_answer(503, std::move(reasons));
}

} // namespace

std::string status_json(const daemon_status& now) {
    json::object object;
    object["version"] = now.version;
    object["started"] = format_utc(now.started);
    json::array projects;
    for (const project_status& project : now.projects) {
        projects.push_back(project_object(project));
    }
    object["projects"] = std::move(projects);
    return json::serialize(object);
}

admin_answer answer_admin(std::string_view method, std::string_view path, const daemon_status& now,
                          metrics_store& metrics) {
    if (method != "GET" && method != "HEAD") {
        return text_answer(405, "only GET is answered here\n");
    }
    path = path.substr(0, path.find('?'));
    if (path == "/healthz") {
        return text_answer(200, "ok\n");
    }
    if (path == "/readyz") {
        return readiness(now);
    }
    if (path == "/status") {
        return {200, "application/json", status_json(now) + "\n"};
    }
    if (path == "/metrics") {
        return {200, metrics_media_type, metrics.scrape(now)};
    }
    return text_answer(404, "there is /healthz, /readyz, /status and /metrics\n");
}

} // namespace retraind::report
