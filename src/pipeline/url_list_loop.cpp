#include "retraind/pipeline/url_list_loop.hpp"

#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/url_list_file.hpp"
#include "url_list_run.hpp"

namespace retraind::pipeline {
namespace {

/// Lists that wait behind the one that is sent; what is more stays in its folder.
constexpr std::size_t most_waiting = 256;

} // namespace

url_list_loop::url_list_loop(project_state& project, settler& ends, tagging_loop& tagging,
                             options chosen, confirmed_listener confirmed)
    : project_(project),
      ends_(ends),
      tagging_(tagging),
      options_(chosen),
      confirmed_(std::move(confirmed)),
      wakeup_(project.common.loop) {}

url_list_loop::~url_list_loop() = default;

void url_list_loop::arrive(std::size_t folder, watch::found_file file) {
    folder_port& port = *project_.folders[folder];
    if (waiting_.size() >= most_waiting) {
        port.release(file.print);
        return;
    }
    list_place place;
    place.root = port.options().watch.path;
    place.file = std::move(file);
    place.folder = folder;
    held_.erase(place.absolute());
    project_.emit(event_name::file_found, severity::debug, "found", {{"path", place.absolute()}});
    waiting_.push_back(std::move(place));
    wakeup_.notify();
}

void url_list_loop::send_once(std::string path) {
    list_place place;
    const std::size_t slash = path.rfind('/');
    place.root = path.substr(0, slash);
    place.file.path = path.substr(slash + 1);
    place.watched = false;
    waiting_.push_back(std::move(place));
    wakeup_.notify();
}

void url_list_loop::wake() {
    if (running_) {
        running_->wake();
    }
}

bool url_list_loop::stopped() const {
    return running_ && running_->stopped();
}

std::size_t url_list_loop::held() const {
    std::size_t lines = 0;
    for (const auto& [path, count] : held_) {
        lines += count;
    }
    return lines + (running_ ? running_->lines().held() : 0);
}

std::size_t url_list_loop::waiting() const {
    return waiting_.size() + (running_ ? running_->lines().open() : 0);
}

std::size_t url_list_loop::in_flight() const {
    return running_ ? running_->in_flight() : 0;
}

task<void> url_list_loop::run() {
    const auto stopping = project_.common.stop.subscribe([this] { wakeup_.notify(); });
    while (!project_.common.stop.requested()) {
        if (waiting_.empty()) {
            co_await wakeup_.wait();
            continue;
        }
        busy_ = true;
        list_place next = std::move(waiting_.front());
        waiting_.pop_front();
        co_await see_to(std::move(next));
        busy_ = false;
    }
}

task<void> url_list_loop::see_to(list_place place) {
    if (place.watched && stayed_.erase(place.file.print) > 0) {
        project_.folders[place.folder]->remember(place.file.print);
        co_return;
    }
    const bool there = place.watched || co_await look_up(place);
    if (!there) {
        co_return;
    }
    auto look = [path = place.absolute(), identity = place.file.identity] {
        return intake::survey_list(path, identity);
    };
    const result<std::variant<intake::list_survey, intake::refusal>> found =
        co_await project_.files.run(std::move(look));
    if (!found) {
        give_up(place, found.error());
    } else if (const auto* refusal = std::get_if<intake::refusal>(&*found)) {
        co_await refuse(place, *refusal);
    } else {
        co_await send(place, std::get<intake::list_survey>(*found));
    }
}

task<bool> url_list_loop::look_up(list_place& place) {
    auto look = [path = place.absolute()] {
        return intake::image_file::open(path).map(
            [](const intake::image_file& file) { return file.identity(); });
    };
    const result<file_identity> found = co_await project_.files.run(std::move(look));
    if (!found) {
        give_up(place, found.error());
        co_return false;
    }
    place.file.identity = *found;
    place.file.print = fingerprint(place.root, place.file.path, *found);
    place.file.first_seen = project_.common.time.now();
    place.file.first_seen_wall = project_.common.time.wall();
    co_return true;
}

task<void> url_list_loop::send(const list_place& place, const intake::list_survey& survey) {
    const auto counted = counted_.find(place.file.print);
    running_ = std::make_unique<url_list_run>(
        project_, tagging_, options_, confirmed_, place, survey,
        counted == counted_.end() ? outcome_totals() : counted->second);
    const result<void> sent = co_await running_->run();
    if (project_.common.stop.requested()) {
        co_return; // what is left waits, and is met again at the next start
    }
    const std::unique_ptr<url_list_run> run = std::move(running_);
    if (!sent) {
        give_up(place, sent.error());
    } else if (run->lines().held() > 0) {
        counted_[place.file.print] = run->lines().totals();
        hold(place, run->lines().held(),
             fmt::format("{} of its lines wait for a person", run->lines().held()));
    } else {
        counted_.erase(place.file.print);
        co_await end(place, *run);
    }
}

void url_list_loop::give_up(const list_place& place, const error& why) {
    const std::string path = place.absolute();
    if (!place.watched) {
        failure_ = why.message;
        project_.emit(event_name::file_held, severity::error, why.message, {{"path", path}});
        return;
    }
    folder_port& port = *project_.folders[place.folder];
    if (why.code == errc::changed) {
        project_.emit(event_name::file_changed, severity::info,
                      fmt::format("{} changed on its way; it is looked at again", printable(path)),
                      {{"path", path}});
        port.changed(place.file);
    } else if (why.code == errc::not_found) {
        port.release(place.file.print);
    } else {
        // It counts as one line: nobody knows how many there are.
        hold(place, 1, why.message);
    }
}

void url_list_loop::hold(const list_place& place, std::size_t lines, const std::string& sentence) {
    const std::string path = place.absolute();
    project_.emit(event_name::file_held, severity::warning,
                  fmt::format("{} stays where it is: {}", printable(path), sentence),
                  {{"path", path}, {"lines", lines}});
    held_[path] = lines;
    if (place.watched) {
        project_.folders[place.folder]->set_aside(place.file.print);
    }
}

task<void> url_list_loop::refuse(const list_place& place, const intake::refusal& why) {
    if (!place.watched) {
        const std::string sentence =
            fmt::format("{}: {}", printable(place.absolute()), why.sentence);
        failure_ = sentence;
        project_.emit(event_name::file_rejected, severity::error,
                      fmt::format("{}; {}", sentence, why.mend), {{"path", place.absolute()}});
        co_return;
    }
    watch::found_file file = place.file;
    settled_batch ended;
    settled_file rejected;
    rejected.number = project_.slots.start(place.folder, std::move(file)).number;
    rejected.result = outcome::rejected;
    rejected.reason.emplace();
    rejected.reason->code = why.code;
    rejected.reason->sentence = why.sentence;
    rejected.reason->mend = why.mend;
    ended.files.push_back(std::move(rejected));
    co_await ends_.settle(std::move(ended));
}

} // namespace retraind::pipeline
