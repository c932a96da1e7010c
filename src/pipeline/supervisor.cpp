#include "retraind/pipeline/supervisor.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "retraind/ledger/open_ledger.hpp"
#include "retraind/report/service_unit.hpp"
#include "supervisor_parts.hpp"

namespace retraind::pipeline {
supervisor::supervisor(const config::configuration& wanted, const run_options& options)
    : wanted_(std::make_shared<const config::configuration>(wanted)),
      options_(options),
      log_(wanted.log, time_, report::write_to_stderr) {}

run_result supervisor::run() {
    boost::asio::co_spawn(loop_, live(),
                          [this](const std::exception_ptr& thrown) { end_of_life(thrown); });
    boost::asio::co_spawn(loop_, end_on_signals(), [](const std::exception_ptr&) {});
    boost::asio::co_spawn(loop_, scan_on_signals(), [](const std::exception_ptr&) {});
    while (!ended_ && loop_.run_one() > 0) {
    }
    // What is left are idle connections saying goodbye; they are not worth waiting for long.
    constexpr auto goodbye = std::chrono::seconds(3);
    loop_.run_for(goodbye);
    return result_;
}

task<void> supervisor::live() {
    say(event_name::daemon_started, severity::info, fmt::format("retraind {}", options_.version),
        {{"pid", ::getpid()}});
    const bool begun = co_await begin();
    if (begun) {
        co_await see_to_the_end();
    } else {
        result_ = run_result::failed;
    }
    say(event_name::daemon_stopped, severity::info, "ended");
}

void supervisor::end_of_life(const std::exception_ptr& thrown) {
    if (thrown) {
        result_ = run_result::failed;
        try {
            std::rethrow_exception(thrown);
        } catch (const std::exception& bug) {
            say(event_name::internal_error, severity::error, bug.what());
        }
    }
    ended_ = true;
    ends_.cancel();
    scans_.cancel();
    insistence_.cancel();
    hangups_.cancel();
    abort_everything();
}

task<bool> supervisor::begin() {
    // A list that a person names needs no watched folder.
    if (options_.once && !options_.only_list) {
        const bool good = co_await disk_is_good();
        if (!good) {
            co_return false;
        }
    } else if (!options_.once) {
        // A share that hangs keeps nobody but its own project.
        co_await look_at_the_disk(wanted_);
    }
    const auto opening = std::make_shared<runtime::stop_signal>(loop_.get_executor());
    work_.spawn(hold_the_start(opening));
    result<ledger::opened_ledger> opened =
        co_await ledger::open_ledger(loop_.get_executor(), wanted_->state, time_);
    opening->request();
    if (!opened) {
        say(event_name::ledger_failed, severity::error, opened.error().message);
        co_return false;
    }
    if (opened->report.set_aside) {
        say(event_name::ledger_failed, severity::error,
            fmt::format("the ledger was damaged ({}); it lies in {} now and a new one is begun",
                        opened->report.damage, *opened->report.set_aside));
    }
    memory_ = std::move(opened->memory);
    link_anew();
    add_projects();
    co_return true;
}

task<bool> supervisor::disk_is_good() {
    auto look = [this] {
        const service_unit unit{report::own_unit()};
        return preflight(*wanted_, unit);
    };
    const std::vector<disk_fault> faults = co_await disk_.run(look);
    warn_of_faults(faults);
    const bool good = faults.empty();
    co_return good;
}

void supervisor::warn_of_faults(const std::vector<disk_fault>& faults) {
    const severity level = options_.once ? severity::error : severity::warning;
    for (const disk_fault& fault : faults) {
        say(event_name::configuration_warning, level, fault.sentence, {{"key", fault.key}});
    }
}

void supervisor::link_anew() {
    auto wake_all = [this] {
        for (const auto& project : projects_) {
            project->hurry();
        }
    };
    auto used = [this] {
        std::vector<project_in_use> known;
        for (const auto& project : projects_) {
            if (const auto id = project->runner().id()) {
                known.push_back({project->label(), *id});
            }
        }
        return known;
    };
    auto fresh = std::make_shared<service_link>(process_, wanted_->service, link_.get(),
                                                std::move(used), std::move(wake_all));
    if (link_) {
        link_->end();
    }
    link_ = std::move(fresh);
    if (!options_.once) {
        work_.spawn(watch_key(link_));
    }
}

task<void> supervisor::watch_key(std::shared_ptr<service_link> link) {
    co_await link->watch_key();
}

void supervisor::add_projects() {
    const std::optional<list_order>& only = options_.only_list;
    for (std::size_t at = 0; at < wanted_->projects.size(); ++at) {
        if (only && only->project != at) {
            continue;
        }
        projects_.push_back(add_project(at));
        if (only) {
            projects_.back()->runner().send_only(only->list);
        } else {
            warn_of_consequences(at);
        }
    }
}

std::shared_ptr<hosted_project> supervisor::add_project(std::size_t at) {
    auto broken = [this] {
        end_broken();
    };
    auto made = std::make_shared<hosted_project>(process_, *memory_, *wanted_, at, link_,
                                                 std::move(broken));
    std::erase_if(hosted_, [](const auto& each) { return each.expired(); });
    hosted_.push_back(made);
    return made;
}

void supervisor::warn_of_consequences(std::size_t project) {
    const config::project_block& block = wanted_->projects[project];
    if (block.publish) {
        events_.emit({event_name::configuration_warning,
                      severity::warning,
                      block.label(),
                      fmt::format("every iteration trained here will go live as \"{}\"",
                                  block.publish->name),
                      {}});
    }
}

task<void> supervisor::see_to_the_end() {
    for (const auto& project : projects_) {
        work_.spawn(hosted_project::run(project));
    }
    work_.spawn(reload_on_signals());
    if (options_.once) {
        co_await watch_for_the_end();
    } else {
        work_.spawn(listen());
        work_.spawn(tell_service_manager());
    }
    co_await work_.wait();
    if (options_.once) {
        count_files();
    }
    if (broken_) {
        result_ = run_result::failed;
    }
}

void supervisor::internal_error(const std::exception_ptr& thrown) {
    std::string what = "an exception of no known type";
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& known) {
        what = known.what();
    } catch (...) { // said as it is: nothing more is known of it
    }
    say(event_name::internal_error, severity::error,
        "a part of the daemon ended by a bug, so all of it ends: " + what);
    end_broken();
}

/// Whatever else is stuck: who started it is to see that it failed, and start it again.
void supervisor::end_broken() {
    result_ = run_result::failed;
    if (!broken_) {
        broken_ = true;
        stop_.request();
        boost::asio::co_spawn(loop_, insist_on_the_end(), [](const std::exception_ptr&) {});
    }
}

void supervisor::abort_everything() {
    for (const auto& each : hosted_) {
        if (const auto project = each.lock()) {
            project->abort();
        }
    }
    if (link_) {
        link_->abort();
    }
}

double supervisor::random() {
    return std::uniform_real_distribution<double>(0, 1)(random_);
}

void supervisor::say(event_name name, severity level, std::string sentence,
                     std::vector<field> fields) {
    events_.emit({name, level, "", std::move(sentence), std::move(fields)});
}

run_result run_daemon(const config::configuration& wanted, const run_options& options) {
    return supervisor(wanted, options).run();
}

} // namespace retraind::pipeline
