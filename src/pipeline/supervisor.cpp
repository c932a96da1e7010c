#include "retraind/pipeline/supervisor.hpp"

#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "retraind/http/client_transport.hpp"
#include "retraind/ledger/open_ledger.hpp"
#include "retraind/pipeline/preflight.hpp"
#include "retraind/report/service_unit.hpp"
#include "supervisor_parts.hpp"

namespace retraind::pipeline {
namespace {

customvision::client_options client_options_of(const config::service_block& service) {
    customvision::client_options options;
    options.base_path = service.client.server.path;
    options.api_version = service.api_version;
    options.media_type = service.media_type;
    options.accept = service.accept;
    return options;
}

} // namespace

supervisor::supervisor(const config::configuration& wanted, const run_options& options)
    : wanted_(wanted),
      options_(options),
      log_(wanted.log, time_, report::write_to_stderr),
      key_(wanted.service.key),
      transport_(http::make_transport(loop_.get_executor(), wanted.service.client, time_)),
      gate_(loop_.get_executor(), wanted.service.rate),
      client_(
          *transport_, gate_, [this] { return key_.current(); }, events_, time_,
          [this] { return random(); }, client_options_of(wanted.service)) {}

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
    transport_->abort();
}

task<bool> supervisor::begin() {
    auto look = [this] {
        const service_unit unit{report::own_unit()};
        return preflight(wanted_, unit);
    };
    // A list that a person names needs no watched folder.
    std::vector<disk_fault> faults;
    if (!options_.only_list) {
        faults = co_await system_.run(look);
    }
    const severity level = options_.once ? severity::error : severity::warning;
    for (const disk_fault& fault : faults) {
        say(event_name::configuration_warning, level, fault.sentence, {{"key", fault.key}});
    }
    if (options_.once && !faults.empty()) {
        co_return false;
    }
    result<ledger::opened_ledger> opened =
        co_await ledger::open_ledger(loop_.get_executor(), wanted_.state, time_);
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
    warn_of_consequences();
    shared_.emplace(shared{loop_.get_executor(), time_, events_, stop_, client_, *memory_,
                           [this] { return random(); },
                           [this] {
                               return reload_key();
                           }});
    shared_->state_folder = wanted_.state;
    add_projects();
    co_return true;
}

void supervisor::add_projects() {
    const std::optional<list_order>& only = options_.only_list;
    for (std::size_t at = 0; at < wanted_.projects.size(); ++at) {
        if (only && only->project != at) {
            continue;
        }
        projects_.push_back(std::make_unique<project_runner>(
            *shared_, contact_, wanted_.projects[at], wanted_.service));
        if (only) {
            projects_.back()->send_only(only->list);
        }
    }
}

void supervisor::warn_of_consequences() {
    if (options_.only_list) {
        return; // it trains and publishes nothing
    }
    for (const config::project_block& project : wanted_.projects) {
        if (project.publish) {
            events_.emit({event_name::configuration_warning,
                          severity::warning,
                          project.label(),
                          fmt::format("every iteration trained here will go live as \"{}\"",
                                      project.publish->name),
                          {}});
        }
    }
}

task<void> supervisor::see_to_the_end() {
    runtime::task_group work(loop_.get_executor(), [this](const std::exception_ptr& thrown) {
        shared_->internal_error(thrown);
    });
    for (const auto& project : projects_) {
        work.spawn(project->run());
    }
    if (options_.once) {
        co_await watch_for_the_end();
    } else {
        work.spawn(listen());
        if (wanted_.admin.tcp) {
            work.spawn(port_.run(*wanted_.admin.tcp, wanted_.admin.token_file.value_or(""), stop_));
        }
        work.spawn(tell_service_manager());
    }
    co_await work.wait();
    if (options_.once) {
        count_files();
    }
    if (shared_->broken) {
        result_ = run_result::failed;
    }
}

task<result<void>> supervisor::reload_key() {
    auto read = [this] {
        return key_.read();
    };
    result<secret> fresh = co_await system_.run(read);
    if (!fresh) {
        co_return tl::unexpected(fresh.error());
    }
    if (!fresh->equals(key_.current())) {
        if (!key_.current().empty()) {
            say(event_name::key_reloaded, severity::info, "using the new key");
        }
        key_.take(std::move(*fresh));
    }
    co_return result<void>();
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
