#include "retraind/report/metrics_store.hpp"

#include <algorithm>

#include "report/metric_series.hpp"

namespace retraind::report {
namespace {

constexpr double milliseconds_a_second = 1000;

const field_value* find(const event& happened, std::string_view name) {
    const auto found = std::find_if(happened.fields.begin(), happened.fields.end(),
                                    [name](const field& each) { return each.name == name; });
    return found == happened.fields.end() ? nullptr : &found->value;
}

double number_of(const event& happened, std::string_view name) {
    const field_value* value = find(happened, name);
    if (value == nullptr) {
        return 0;
    }
    if (const auto* whole = std::get_if<std::int64_t>(value)) {
        return static_cast<double>(*whole);
    }
    const auto* real = std::get_if<double>(value);
    return real == nullptr ? 0 : *real;
}

double seconds_of(const event& happened, std::string_view name) {
    return number_of(happened, name) / milliseconds_a_second;
}

std::string text_of(const event& happened, std::string_view name) {
    const field_value* value = find(happened, name);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(value);
    return text == nullptr ? std::string() : *text;
}

} // namespace

metrics_store::metrics_store() : daemon_(std::make_unique<daemon_series>()) {}

metrics_store::~metrics_store() = default;

void metrics_store::emit(const event& happened) {
    if (happened.project.empty()) {
        of_daemon(happened);
    } else {
        of_project(happened);
    }
}

void metrics_store::of_daemon(const event& happened) {
    switch (happened.name) {
    case event_name::request_failed:
        if (find(happened, "ms") == nullptr) {
            return; // never sent, or answered and counted as such
        }
        [[fallthrough]];
    case event_name::request_sent:
        daemon_->count_request(text_of(happened, "operation"),
                               static_cast<std::int64_t>(number_of(happened, "status")));
        daemon_->request_seconds.Observe(seconds_of(happened, "ms"));
        return;
    case event_name::throttled:
        daemon_->throttled_seconds.Increment(seconds_of(happened, "ms"));
        return;
    default:
        return;
    }
}

void metrics_store::of_project(const event& happened) {
    project_series& series = series_of(happened.project);
    switch (happened.name) {
    case event_name::ledger_committed:
        series.count_files(text_of(happened, "outcome"), text_of(happened, "reason"),
                           number_of(happened, "files"));
        if (find(happened, "ms") != nullptr) {
            series.commit_seconds.Observe(seconds_of(happened, "ms"));
        }
        return;
    case event_name::batch_sent:
        series.sent_bytes.Increment(number_of(happened, "bytes"));
        if (find(happened, "images") != nullptr) {
            series.batch_images.Observe(number_of(happened, "images"));
            series.batch_bytes.Observe(number_of(happened, "bytes"));
        }
        return;
    case event_name::scan_finished:
        series.scan_seconds.Observe(seconds_of(happened, "milliseconds"));
        return;
    case event_name::change_hints_lost:
        series.hints_lost.Increment();
        return;
    case event_name::training_completed:
    case event_name::training_not_needed:
    case event_name::training_failed:
        series.count_training(text_of(happened, "result"));
        return;
    default:
        return;
    }
}

project_series& metrics_store::series_of(const std::string& project) {
    std::unique_ptr<project_series>& series = projects_[project];
    if (!series) {
        series = std::make_unique<project_series>();
    }
    return *series;
}

std::string metrics_store::scrape(const daemon_status& now) {
    std::erase_if(projects_, [&now](const auto& each) {
        return std::none_of(now.projects.begin(), now.projects.end(),
                            [&each](const project_status& one) { return one.name == each.first; });
    });
    exposition all;
    all.add(*daemon_);
    for (const project_status& project : now.projects) {
        project_series& series = series_of(project.name);
        if (project.training.last) {
            series.begin_training();
        }
        all.add(project.name, series);
        all.add(project);
    }
    return all.text();
}

} // namespace retraind::report
