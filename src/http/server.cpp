#include "retraind/http/server.hpp"

#include "http/plain_stream.hpp"
#include "http/server_framing.hpp"
#include "http/tcp_listener.hpp"
#include "http/unix_listener.hpp"
#include "retraind/runtime/notifier.hpp"

#include <exception>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>

namespace retraind::http {
namespace {

/// No descriptors, most likely: the next try is worth it only after some have gone.
constexpr duration after_failed_accept = std::chrono::milliseconds(200);

constexpr duration drained_within = std::chrono::milliseconds(200);

response plain_answer(unsigned status, std::string text) {
    response answer;
    answer.status = status;
    answer.fields.push_back({"Content-Type", "text/plain; charset=utf-8"});
    answer.body = std::move(text) + "\n";
    return answer;
}

/// What `run` and the connections share.
struct shared_state {
    shared_state(const boost::asio::any_io_executor& loop, server::handler answer,
                 server_limits bounds)
        : handle(std::move(answer)), limits(bounds), changed(loop) {}

    server::handler handle;
    server_limits limits;
    runtime::notifier changed; ///< a connection has gone, or the stop
    std::set<std::shared_ptr<byte_stream>> open;
};

/// The head's bytes; nothing when the peer went away or was too slow. The head may be too long.
task<std::optional<std::string>> read_head(byte_stream& peer, std::size_t most, duration limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    std::string head;
    std::vector<std::byte> buffer(most);
    while (!has_whole_head(head) && head.size() <= most) {
        const auto left = std::chrono::ceil<duration>(deadline - std::chrono::steady_clock::now());
        const auto count = co_await peer.read_some(buffer, left);
        if (!count || *count == 0) {
            co_return std::nullopt;
        }
        head.append(reinterpret_cast<const char*>(buffer.data()), *count);
    }
    co_return head;
}

task<response> answer_to(const server::handler& handle, request message) {
    try {
        co_return co_await handle(std::move(message));
    } catch (const std::exception&) {
        co_return plain_answer(500, "the request could not be answered");
    }
}

struct reply {
    std::string bytes;
    bool taken = false; ///< the request was one, and was read to its end
};

task<reply> reply_to(const shared_state& state, const std::string& head) {
    reply made;
    if (!has_whole_head(head) || head.size() > state.limits.head_bytes) {
        made.bytes = encode_answer(plain_answer(431, "the request's head is too long"), false);
        co_return made;
    }
    auto message = decode_request(head);
    if (!message) {
        made.bytes = encode_answer(plain_answer(400, message.error().message), false);
        co_return made;
    }
    const bool bodiless = message->method == "HEAD";
    const response answer = co_await answer_to(state.handle, std::move(*message));
    made.bytes = encode_answer(answer, bodiless);
    made.taken = true;
    co_return made;
}

/// Reads on for a moment: a TCP connection that is closed with bytes unread is reset, and the
/// answer on its way is lost with it.
task<void> drain(byte_stream& peer) {
    const auto deadline = std::chrono::steady_clock::now() + drained_within;
    std::vector<std::byte> buffer(std::size_t{16} << 10);
    bool more = true;
    while (more && std::chrono::steady_clock::now() < deadline) {
        const auto count = co_await peer.read_some(buffer, drained_within);
        more = count.has_value() && *count > 0;
    }
}

task<void> serve(std::shared_ptr<shared_state> state, std::shared_ptr<byte_stream> peer) {
    const auto head = co_await read_head(*peer, state->limits.head_bytes, state->limits.head);
    if (head) {
        const reply made = co_await reply_to(*state, *head);
        const auto bytes = std::as_bytes(std::span(made.bytes));
        const auto sent = co_await peer->write(bytes, state->limits.answer);
        if (sent && !made.taken) {
            co_await drain(*peer);
        }
    }
    co_await peer->shutdown(state->limits.answer);
}

template <class Listener>
class listening_server final : public server {
public:
    listening_server(boost::asio::any_io_executor loop, Listener listener, handler answer,
                     server_limits limits)
        : loop_(std::move(loop)),
          listener_(std::move(listener)),
          state_(std::make_shared<shared_state>(loop_, std::move(answer), limits)) {}

    task<void> run(runtime::stop_signal& stop) override {
        const auto stopping = stop.subscribe([this] { end(); });
        while (!stop.requested()) {
            if (state_->open.size() >= state_->limits.connections) {
                co_await state_->changed.wait();
                continue;
            }
            typename Listener::protocol::socket peer(loop_);
            const auto [ec] = co_await listener_->acceptor().async_accept(peer, use_tuple);
            if (!ec && !stop.requested()) {
                start(make_plain_stream(std::move(peer)));
            } else if (!stop.requested()) {
                co_await stop.sleep_for(after_failed_accept);
            }
        }
        while (!state_->open.empty()) {
            co_await state_->changed.wait();
        }
        listener_.reset();
    }

    [[nodiscard]] std::string place() const override {
        return listener_ ? listener_->place() : std::string();
    }

private:
    void start(const std::shared_ptr<byte_stream>& peer) {
        state_->open.insert(peer);
        boost::asio::co_spawn(loop_, serve(state_, peer),
                              [state = state_, peer](const std::exception_ptr&) {
                                  peer->close();
                                  state->open.erase(peer);
                                  state->changed.notify();
                              });
    }

    void end() {
        boost::system::error_code ignored;
        listener_->acceptor().close(ignored);
        for (const auto& peer : state_->open) {
            peer->close();
        }
        state_->changed.notify();
    }

    boost::asio::any_io_executor loop_;
    std::optional<Listener> listener_;
    std::shared_ptr<shared_state> state_;
};

} // namespace

result<std::unique_ptr<server>> server::listen(boost::asio::any_io_executor loop, std::string path,
                                               handler answer, server_limits limits) {
    auto listener = unix_listener::open(loop, std::move(path));
    if (!listener) {
        return tl::unexpected(std::move(listener.error()));
    }
    return std::make_unique<listening_server<unix_listener>>(std::move(loop), std::move(*listener),
                                                             std::move(answer), limits);
}

result<std::unique_ptr<server>> server::listen_tcp(boost::asio::any_io_executor loop,
                                                   const std::string& address, std::uint16_t port,
                                                   handler answer, server_limits limits) {
    auto listener = tcp_listener::open(loop, address, port);
    if (!listener) {
        return tl::unexpected(std::move(listener.error()));
    }
    return std::make_unique<listening_server<tcp_listener>>(std::move(loop), std::move(*listener),
                                                            std::move(answer), limits);
}

} // namespace retraind::http
