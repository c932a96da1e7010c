#include "retraind/report/service_manager.hpp"

#include <chrono>
#include <cstdint>

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include "retraind/base/text.hpp"

namespace retraind::report {
namespace {

void say(const std::string& lines) {
    constexpr int keep_environment = 0;
    ::sd_notify(keep_environment, lines.c_str()); // a deaf manager is no failure of ours
}

std::string counts_of(const file_counts& files) {
    std::string text;
    const auto add = [&text](std::uint64_t count, std::string_view what) {
        if (count > 0) {
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, what);
        }
    };
    add(files.settling, "settling");
    add(files.waiting, "waiting");
    add(files.in_flight, "in flight");
    add(files.held, "held");
    return text.empty() ? "nothing waits" : text;
}

std::string sentence_of(const project_status& project) {
    if (!project.ready) {
        return fmt::format("{} is not ready: {}", printable(project.name),
                           printable(project.reason.value_or("starting")));
    }
    std::string text = fmt::format("{}: {}", printable(project.name), counts_of(project.files));
    const std::string& state = project.training.state;
    if (state == "training" || state == "publishing") {
        text += ", " + state;
    }
    return text;
}

} // namespace

service_manager::service_manager() {
    constexpr int keep_environment = 0;
    std::uint64_t microseconds = 0;
    if (::sd_watchdog_enabled(keep_environment, &microseconds) > 0) {
        interval_ = std::chrono::duration_cast<duration>(std::chrono::microseconds(microseconds));
    }
}

void service_manager::extend(duration more) {
    say(fmt::format("EXTEND_TIMEOUT_USEC={}",
                    std::chrono::duration_cast<std::chrono::microseconds>(more).count()));
}

void service_manager::ready() {
    say("READY=1");
}

void service_manager::reloading(mono_time now) {
    const auto since_boot =
        std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch());
    say(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", since_boot.count()));
}

void service_manager::stopping() {
    say("STOPPING=1");
}

void service_manager::status(const std::string& sentence) {
    if (sentence != last_status_) {
        last_status_ = sentence;
        say("STATUS=" + sentence);
    }
}

void service_manager::alive() {
    say("WATCHDOG=1");
}

std::string status_sentence(const daemon_status& now) {
    std::string text;
    for (const project_status& project : now.projects) {
        text += (text.empty() ? "" : "; ") + sentence_of(project);
    }
    return text;
}

} // namespace retraind::report
