#include "retraind/pipeline/key_keeper.hpp"

#include <utility>

#include <fmt/format.h>

namespace retraind::pipeline {

key_keeper::key_keeper(config::key_location where, secret in_force, tools needs)
    : store_(std::move(where)), needs_(std::move(needs)) {
    store_.take(std::move(in_force));
}

task<result<void>> key_keeper::reload() {
    auto read = [this] {
        return store_.read();
    };
    result<secret> fresh = co_await needs_.files.run(read);
    result<void> answer;
    if (!fresh) {
        answer = tl::unexpected(fresh.error());
    }
    co_await judge(std::move(fresh));
    const bool works = !current().empty() && !needs_.refused();
    if (works) {
        answer = result<void>();
    }
    co_return answer;
}

task<void> key_keeper::watch(runtime::stop_signal& stop) {
    if (!store_.can_change()) {
        co_return;
    }
    bool stopping = false;
    while (!stopping) {
        auto look = [this] {
            return store_.stamp();
        };
        const std::optional<key_stamp> seen = co_await needs_.files.run(look);
        if (tracker_.on_look(seen, needs_.time.now())) {
            // Whoever needs a key asks for the reason itself.
            const result<void> key = co_await reload();
            static_cast<void>(key);
        }
        const duration look_every = std::chrono::seconds(2);
        stopping = co_await stop.sleep_for(look_every);
    }
}

task<void> key_keeper::judge(result<secret> read) {
    switch (tracker_.on_read(read, current(), needs_.time.now())) {
    case key_tracker::step::none:
        break;
    case key_tracker::step::take:
        take(std::move(*read));
        break;
    case key_tracker::step::say:
        say_kept(event_name::key_refused, read.error().message);
        break;
    case key_tracker::step::probe:
        co_await try_out(std::move(*read));
        break;
    }
}

task<void> key_keeper::try_out(secret fresh) {
    if (std::exchange(trying_, true)) {
        co_return;
    }
    secret tried = fresh;
    task<key_verdict> probing = needs_.probe(std::move(tried));
    const key_verdict found = co_await std::move(probing);
    trying_ = false;
    const bool news = tracker_.on_trial(fresh, found.came, needs_.time.now());
    if (found.came == key_trial::accepted) {
        take(std::move(fresh));
        needs_.events.emit({event_name::key_reloaded, severity::info, "", "using the new key", {}});
    } else if (news && found.came == key_trial::unproven) {
        say_kept(event_name::configuration_warning,
                 fmt::format("the new key is not taken yet: the one in {} {}", store_.place(),
                             found.objection));
    } else if (news) {
        say_kept(event_name::key_refused,
                 found.objection.empty()
                     ? fmt::format("the service refuses the new key in {}", store_.place())
                     : fmt::format("the new key in {} {}", store_.place(), found.objection));
    }
}

void key_keeper::take(secret fresh) {
    store_.take(std::move(fresh));
    needs_.changed();
}

void key_keeper::say_kept(event_name name, const std::string& why) {
    needs_.events.emit(
        {name, severity::warning, "", fmt::format("{}; the key in use stays", why), {}});
}

} // namespace retraind::pipeline
