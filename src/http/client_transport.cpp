#include "retraind/http/client_transport.hpp"

#include "http/certificate_rules.hpp"
#include "http/connection_pool.hpp"
#include "http/connector.hpp"
#include "http/exchange.hpp"
#include "http/framing.hpp"
#include "retraind/base/secret.hpp"
#include "retraind/runtime/stop_signal.hpp"

#include <utility>

namespace retraind::http {
namespace {

bool is_default_port(const endpoint& server) {
    return server.port == (server.tls ? "443" : "80");
}

/// The Host field: the port only where it is not the scheme's own.
std::string host_field(const endpoint& server) {
    const std::string authority = authority_of(server);
    if (is_default_port(server)) {
        return authority.substr(0, authority.rfind(':'));
    }
    return authority;
}

bool may_go_again(const request& message) {
    return !message.body && (message.method == "GET" || message.method == "HEAD");
}

/// A request and its head carry the key: both are wiped when the exchange is over.
class key_bearers {
public:
    explicit key_bearers(request& of) : message_(of) {}
    ~key_bearers() {
        for (header_field& each : message_.fields) {
            wipe(each.value);
        }
        wipe(head);
    }
    key_bearers(const key_bearers&) = delete;
    key_bearers& operator=(const key_bearers&) = delete;

    std::string head;

private:
    request& message_;
};

} // namespace

class connections {
public:
    connections(boost::asio::any_io_executor executor, client_options options, const clock& clocked)
        : loop(executor),
          host(host_field(options.server)),
          opener(std::move(executor), std::move(options)),
          time(clocked) {}

    boost::asio::any_io_executor loop;
    std::string host;
    connector opener;
    connection_pool pool;
    const clock& time;
};

namespace {

class client_transport final : public transport {
public:
    explicit client_transport(std::shared_ptr<connections> over)
        : over_(std::move(over)), aborting_(over_->loop) {}

    task<result<response>> send(request message, phase_limits limits) override {
        key_bearers bearers(message);
        if (aborting_.requested()) {
            co_return fail(errc::cancelled, "the exchange was given up");
        }
        auto head = encode_head(message, over_->host);
        if (!head) {
            co_return tl::unexpected(head.error());
        }
        bearers.head.swap(*head);
        if (auto kept = over_->pool.take(over_->time.now())) {
            auto end = co_await talk_over(std::move(kept), message, bearers.head, limits);
            const bool stale =
                !end.answer && !end.heard && end.answer.error().code == errc::network;
            if (!stale || !may_go_again(message)) {
                co_return std::move(end.answer);
            }
        }
        auto fresh = co_await over_->opener.open(limits, aborting_);
        if (!fresh) {
            co_return tl::unexpected(std::move(fresh.error()));
        }
        auto end = co_await talk_over(std::move(*fresh), message, bearers.head, limits);
        co_return std::move(end.answer);
    }

    void abort() override {
        aborting_.request();
        over_->pool.clear();
    }

private:
    task<exchange_end> talk_over(std::shared_ptr<byte_stream> connection, const request& message,
                                 const std::string& head, const phase_limits& limits) {
        auto end = co_await talk(connection, message, head, limits, aborting_);
        if (end.reusable) {
            over_->pool.put(std::move(connection), over_->time.now());
        }
        co_return end;
    }

    std::shared_ptr<connections> over_;
    runtime::stop_signal aborting_;
};

} // namespace

std::shared_ptr<connections> make_connections(boost::asio::any_io_executor loop,
                                              client_options options, const clock& time) {
    return std::make_shared<connections>(std::move(loop), std::move(options), time);
}

std::unique_ptr<transport> make_transport(std::shared_ptr<connections> over) {
    return std::make_unique<client_transport>(std::move(over));
}

std::unique_ptr<transport> make_transport(boost::asio::any_io_executor loop, client_options options,
                                          const clock& time) {
    return make_transport(make_connections(std::move(loop), std::move(options), time));
}

} // namespace retraind::http
