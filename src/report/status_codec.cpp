#include "retraind/report/status_codec.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

namespace retraind::report {
namespace {

namespace json = boost::json;

const json::object& object_at(const json::object& from, std::string_view name) {
    static const json::object none;
    const json::value* found = from.if_contains(name);
    return found != nullptr && found->is_object() ? found->get_object() : none;
}

const json::array& array_at(const json::object& from, std::string_view name) {
    static const json::array none;
    const json::value* found = from.if_contains(name);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

std::optional<std::string> text_at(const json::object& from, std::string_view name) {
    const json::value* found = from.if_contains(name);
    return found != nullptr && found->is_string() ? std::optional(std::string(found->get_string()))
                                                  : std::nullopt;
}

template <class Number>
void read_number(const json::object& from, std::string_view name, Number& into) {
    const json::value* found = from.if_contains(name);
    if (found == nullptr) {
        return;
    }
    boost::system::error_code ec;
    const auto number = found->to_number<Number>(ec);
    into = ec ? Number{} : number;
}

wall_time time_at(const json::object& from, std::string_view name) {
    return parse_utc(text_at(from, name).value_or("")).value_or(wall_time());
}

void read_use(const json::object& from, std::string_view name, capacity_use& into) {
    const json::object& use = object_at(from, name);
    read_number(use, "used", into.used);
    read_number(use, "limit", into.limit);
}

void read_counts(const json::object& from, project_status& into) {
    const json::object& files = object_at(from, "files");
    read_number(files, "settling", into.files.settling);
    read_number(files, "waiting", into.files.waiting);
    read_number(files, "in_flight", into.files.in_flight);
    read_number(files, "held", into.files.held);
    const json::object& totals = object_at(from, "totals");
    read_number(totals, "confirmed", into.totals.confirmed);
    read_number(totals, "duplicate", into.totals.duplicate);
    read_number(totals, "held_out", into.totals.held_out);
    read_number(totals, "removed", into.totals.removed);
    read_number(totals, "rejected", into.totals.rejected);
}

void read_training(const json::object& training, training_status& into) {
    into.state = text_at(training, "state").value_or(into.state);
    into.reason = text_at(training, "reason").value_or("");
    const json::object& last = object_at(training, "last");
    if (!last.empty()) {
        into.last = training_result{text_at(last, "iteration").value_or(""),
                                    text_at(last, "result").value_or(""), time_at(last, "at")};
    }
}

project_status read_project(const json::object& from) {
    project_status project;
    project.name = text_at(from, "name").value_or("");
    project.id = text_at(from, "id").value_or("");
    const json::value* ready = from.if_contains("ready");
    project.ready = ready != nullptr && ready->is_bool() && ready->get_bool();
    project.reason = text_at(from, "reason");
    read_number(from, "oldest_waiting_seconds", project.oldest_waiting_seconds);
    read_counts(from, project);
    read_training(object_at(from, "training"), project.training);
    for (const json::value& each : array_at(from, "published")) {
        if (each.is_object()) {
            project.published.push_back({text_at(each.get_object(), "name").value_or(""),
                                         text_at(each.get_object(), "iteration").value_or("")});
        }
    }
    const json::object& capacity = object_at(from, "capacity");
    read_use(capacity, "images", project.capacity.images);
    read_use(capacity, "tags", project.capacity.tags);
    read_use(capacity, "iterations", project.capacity.iterations);
    return project;
}

} // namespace

result<daemon_status> parse_status(std::string_view document) {
    boost::system::error_code ec;
    const json::value parsed = json::parse(document, ec);
    if (ec || !parsed.is_object() || !parsed.get_object().contains("projects")) {
        return fail(errc::protocol, "the answer is not the status of retraind");
    }
    const json::object& whole = parsed.get_object();
    daemon_status status;
    status.version = text_at(whole, "version").value_or("");
    status.started = time_at(whole, "started");
    for (const json::value& each : array_at(whole, "projects")) {
        if (each.is_object()) {
            status.projects.push_back(read_project(each.get_object()));
        }
    }
    return status;
}

} // namespace retraind::report
