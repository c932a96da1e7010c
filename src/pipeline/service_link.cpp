#include "service_link.hpp"

#include <utility>

namespace retraind::pipeline {
namespace {

bool same_server(const config::service_block& one, const config::service_block& other) {
    const http::endpoint& left = one.client.server;
    const http::endpoint& right = other.client.server;
    return left.host == right.host && left.port == right.port;
}

bool same_place(const config::key_location& one, const config::key_location& other) {
    return one.file == other.file && one.environment == other.environment;
}

} // namespace

customvision::client_options client_options_of(const config::service_block& service) {
    customvision::client_options options;
    options.base_path = service.client.server.path;
    options.api_version = service.api_version;
    options.media_type = service.media_type;
    options.accept = service.accept;
    return options;
}

http::rate_gate service_link::gate_for(const process& common, const config::service_block& block,
                                       const service_link* before) {
    if (before != nullptr && same_server(before->block_, block)) {
        return before->gate_.branch();
    }
    return http::rate_gate(common.loop, block.rate);
}

service_link::service_link(process& common, config::service_block block, const service_link* before,
                           std::function<std::vector<project_in_use>()> used,
                           std::function<void()> new_key)
    : block_(std::move(block)),
      connections_(http::make_connections(common.loop, block_.client, common.time)),
      gate_(gate_for(common, block_, before)),
      line_(http::make_transport(connections_)),
      trials_(
          *line_, gate_, [this] { return candidate_; }, common.events, common.time, common.random,
          client_options_of(block_)),
      comparisons_(
          *line_, gate_, [this] { return key_.current(); }, common.events, common.time,
          common.random, client_options_of(block_)),
      used_(std::move(used)),
      key_(block_.key,
           before != nullptr && same_server(before->block_, block_) &&
                   same_place(before->block_.key, block_.key)
               ? before->key_.current()
               : secret(),
           {common.system, common.events, common.time,
            [this](secret candidate) { return probe(std::move(candidate)); },
            [this] { return contact_.key_refused().has_value(); }, std::move(new_key)}),
      stop_(common.loop),
      ending_(common.stop.subscribe([this] { end(); })) {
    gate_.change(block_.rate);
}

void service_link::end() {
    stop_.request();
    gate_.close();
}

task<key_verdict> service_link::probe(secret candidate) {
    candidate_ = std::move(candidate);
    std::vector<project_in_use> used = used_();
    key_verdict found = co_await try_key(trials_, comparisons_, std::move(used));
    candidate_ = secret();
    co_return found;
}

} // namespace retraind::pipeline
