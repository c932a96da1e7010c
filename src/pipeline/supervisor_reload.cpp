// How a running daemon takes over a changed configuration.
#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "retraind/report/service_unit.hpp"
#include "retraind/runtime/notifier.hpp"
#include "supervisor_parts.hpp"

namespace retraind::pipeline {
namespace {

/// What a project has that leaves, as at SIGTERM.
constexpr duration requests_end_within = std::chrono::seconds(15);
constexpr duration project_ends_within = std::chrono::seconds(20);
/// A share that hangs must not hold the others up.
constexpr duration disk_is_looked_at_within = std::chrono::seconds(10);

std::size_t count_kept(const config::changes& found) {
    return static_cast<std::size_t>(std::count_if(found.kept.begin(), found.kept.end(),
                                                  [](const auto& was) { return was.has_value(); }));
}

} // namespace

task<void> supervisor::reload_on_signals() {
    const auto stopping = stop_.subscribe([this] { hangups_.cancel(); });
    while (!stop_.requested()) {
        const auto [failed, number] = co_await hangups_.async_wait(use_tuple);
        if (failed || stop_.requested()) {
            co_return;
        }
        if (options_.once || !options_.reload) {
            say(event_name::configuration_warning, severity::info,
                "SIGHUP is ignored: a run that ends by itself takes no other configuration over");
            continue;
        }
        doing_ = "taking over the configuration";
        manager_.reloading(time_.now());
        manager_.status(doing_);
        co_await reload();
        doing_.clear();
        if (!stop_.requested()) {
            manager_.ready();
        }
    }
}

task<void> supervisor::reload() {
    auto read = [this] {
        return options_.reload();
    };
    auto loaded = co_await system_.run(read);
    if (!loaded) {
        refuse(loaded.error());
        co_return;
    }
    auto next = std::make_shared<const config::configuration>(std::move(*loaded));
    config::changes found = config::compare(*wanted_, *next);
    if (!found.refusals.empty()) {
        refuse(found.refusals);
        co_return;
    }
    co_await take_over(std::move(next), std::move(found));
}

void supervisor::refuse(const std::vector<config::diagnostic>& wrong) {
    for (const config::diagnostic& each : wrong) {
        say(event_name::configuration_refused, severity::error,
            fmt::format("{}; the configuration in force stays", to_string(each)),
            {{"file", each.file}, {"line", each.line}, {"column", each.column}, {"key", each.key}});
    }
}

void supervisor::refuse(const std::vector<std::string>& sentences) {
    for (const std::string& each : sentences) {
        say(event_name::configuration_refused, severity::error,
            fmt::format("{}; the configuration in force stays", each));
    }
}

task<void> supervisor::take_over(std::shared_ptr<const config::configuration> next,
                                 config::changes found) {
    if (found.log) {
        log_.change(next->log);
    }
    co_await look_at_the_disk(next);
    std::vector<std::shared_ptr<hosted_project>> stay(found.kept.size());
    std::vector<std::shared_ptr<hosted_project>> leaving = projects_;
    for (std::size_t at = 0; at < found.kept.size(); ++at) {
        if (found.kept[at]) {
            stay[at] = projects_[*found.kept[at]];
            std::erase(leaving, stay[at]);
        }
    }
    // Two projects must not watch one folder at once, so all leave before one begins.
    co_await see_off(std::move(leaving));
    if (stop_.requested()) {
        co_return;
    }
    wanted_ = std::move(next);
    projects_ = std::move(stay);
    if (found.service) {
        link_anew();
    }
    for (std::size_t at = 0; at < projects_.size(); ++at) {
        if (projects_[at]) {
            work_.spawn(hosted_project::look_again(projects_[at]));
            continue;
        }
        projects_[at] = add_project(at);
        warn_of_consequences(at);
        projects_[at]->runner().meet_rejected_anew();
        work_.spawn(hosted_project::run(projects_[at]));
    }
    if (found.admin && listening_) {
        listening_->request();
    }
    say_changes(found);
}

/// What is in flight ends; the service answers what is sent once more with OKDuplicate.
task<void> supervisor::see_off(std::vector<std::shared_ptr<hosted_project>> leaving) {
    const mono_time begun = std::chrono::steady_clock::now();
    for (const auto& each : leaving) {
        each->stop();
    }
    const auto warn = [this](const hosted_project& of, std::string sentence) {
        events_.emit({event_name::configuration_warning,
                      severity::warning,
                      of.label(),
                      std::move(sentence),
                      {}});
    };
    for (const auto& each : leaving) {
        const bool ended = co_await each->ended_by(begun + requests_end_within);
        if (!ended) {
            warn(*each,
                 "abandoning the requests under way: the old configuration has had its time");
            each->abort();
        }
    }
    for (const auto& each : leaving) {
        const bool ended = co_await each->ended_by(begun + project_ends_within);
        if (!ended) {
            warn(*each, "a file call of the old configuration does not return; it is left to "
                        "itself, and the new one goes on without waiting");
        }
    }
}

task<void> supervisor::look_at_the_disk(std::shared_ptr<const config::configuration> next) {
    const auto done = std::make_shared<runtime::notifier>(loop_.get_executor());
    work_.spawn(warn_of_the_disk(std::move(next), done));
    co_await done->wait_until(std::chrono::steady_clock::now() + disk_is_looked_at_within);
}

task<void> supervisor::warn_of_the_disk(std::shared_ptr<const config::configuration> next,
                                        std::shared_ptr<runtime::notifier> done) {
    const config::configuration* whole = next.get();
    auto look = [whole] {
        const service_unit unit{report::own_unit()};
        return preflight(*whole, unit);
    };
    const std::vector<disk_fault> faults = co_await disk_.run(look);
    warn_of_faults(faults);
    done->notify();
}

void supervisor::say_changes(const config::changes& found) {
    for (const config::key_change& each : found.keys) {
        events_.emit({event_name::configuration_reloaded,
                      severity::info,
                      each.project,
                      fmt::format("{}: {}", each.key, to_string(each)),
                      {{"key", each.key},
                       {"old", each.before.value_or("")},
                       {"new", each.after.value_or("")}}});
    }
    const std::size_t kept = count_kept(found);
    const std::size_t keys = found.keys.size();
    say(event_name::configuration_reloaded, severity::info,
        fmt::format("the configuration is taken over: {} key{}", keys,
                    keys == 1 ? " differs" : "s differ"),
        {{"keys", keys}, {"projects", found.kept.size()}, {"projects_undisturbed", kept}});
}

} // namespace retraind::pipeline
