#include "hosted_project.hpp"

#include <utility>

namespace retraind::pipeline {

hosted_project::hosted_project(process& common, ledger::ledger& memory,
                               const config::configuration& whole, std::size_t at,
                               std::shared_ptr<service_link> link, std::function<void()> broken)
    : label_(whole.projects[at].label()),
      link_(std::move(link)),
      stop_(common.loop),
      gate_(link_->gate().branch()),
      line_(http::make_transport(link_->connections())),
      client_(
          *line_, gate_, [keys = link_.get()] { return keys->key().current(); }, common.events,
          common.time, common.random, client_options_of(link_->block())),
      common_{common.loop,
              common.time,
              common.events,
              stop_,
              client_,
              memory,
              common.random,
              [keys = link_.get()] {
                  return keys->key().reload();
              }},
      runner_(common_, link_->contact(), whole.projects[at], link_->block()),
      ended_(common.loop),
      ending_(common.stop.subscribe([this] { stop(); })),
      breaking_(stop_.subscribe([this, broken = std::move(broken)] {
          if (common_.broken) {
              broken();
          }
      })) {
    common_.state_folder = whole.state;
}

task<void> hosted_project::run(std::shared_ptr<hosted_project> self) {
    co_await self->runner_.run();
    self->has_ended_ = true;
    self->ended_.notify();
}

task<void> hosted_project::look_again(std::shared_ptr<hosted_project> self) {
    co_await self->runner_.look_again_at_all();
}

void hosted_project::stop() {
    stop_.request();
    gate_.close();
}

task<bool> hosted_project::ended_by(mono_time deadline) {
    while (!has_ended_ && std::chrono::steady_clock::now() < deadline) {
        co_await ended_.wait_until(deadline);
    }
    co_return has_ended_;
}

} // namespace retraind::pipeline
