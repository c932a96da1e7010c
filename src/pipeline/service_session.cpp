#include "retraind/pipeline/service_session.hpp"

#include <chrono>

#include "retraind/http/client_transport.hpp"
#include "service_link.hpp"

namespace retraind::pipeline {
namespace {

transport_maker real_transport(const config::service_block& wanted) {
    return [options = wanted.client](const boost::asio::any_io_executor& loop) {
        return http::make_transport(loop, options, system_clock());
    };
}

} // namespace

service_session::service_session(const config::service_block& wanted, event_sink& events)
    : service_session(wanted, events, real_transport(wanted)) {}

service_session::service_session(const config::service_block& wanted, event_sink& events,
                                 const transport_maker& make)
    : key_(wanted.key),
      transport_(make(loop_.get_executor())),
      gate_(loop_.get_executor(), wanted.rate),
      client_(
          *transport_, gate_, [this] { return key_.current(); }, events, time_,
          [this] { return std::uniform_real_distribution<double>(0, 1)(random_); },
          client_options_of(wanted)) {}

service_session::~service_session() {
    constexpr auto goodbye = std::chrono::seconds(1);
    transport_->abort();
    loop_.restart();
    loop_.run_for(goodbye);
}

result<void> service_session::open() {
    if (!key_.current().empty()) {
        return {};
    }
    return key_.read().map([this](secret key) { key_.take(std::move(key)); });
}

void service_session::turn(const bool& done) {
    boost::asio::signal_set signals(loop_, SIGINT, SIGTERM);
    signals.async_wait([this](const boost::system::error_code& none, int) {
        if (!none) {
            interrupted_ = true;
            gate_.close();
            transport_->abort();
        }
    });
    loop_.restart();
    while (!done && loop_.run_one() > 0) {
    }
}

} // namespace retraind::pipeline
