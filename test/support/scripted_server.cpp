#include "support/scripted_server.hpp"

#include <algorithm>
#include <exception>
#include <type_traits>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

namespace retraind::testing {

namespace asio = boost::asio;
using asio::ip::tcp;
using tls_socket = asio::ssl::stream<tcp::socket>;

struct scripted_server::state {
    state(asio::io_context& on, std::optional<tls_identity> identity, script what)
        : loop(on),
          acceptor(on, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
          play(std::move(what)) {
        if (identity) {
            context.emplace(asio::ssl::context::tls_server);
            context->use_certificate_chain(asio::buffer(identity->certificate));
            context->use_private_key(asio::buffer(identity->key), asio::ssl::context::pem);
        }
    }

    asio::io_context& loop;
    tcp::acceptor acceptor;
    script play;
    std::optional<asio::ssl::context> context;
    std::size_t connections = 0;
    std::size_t bytes_heard = 0;
    std::vector<std::string> names;
};

namespace {

using state_ptr = std::shared_ptr<scripted_server::state>;

template <class Stream>
class peer final : public scripted_peer {
public:
    peer(Stream& stream, state_ptr counts) : stream_(stream), counts_(std::move(counts)) {}

    task<std::string> read_head() override {
        while (buffer_.find("\r\n\r\n") == std::string::npos) {
            if (co_await read_more() == 0) {
                co_return std::string();
            }
        }
        const auto end = buffer_.find("\r\n\r\n") + 4;
        std::string head = buffer_.substr(0, end);
        buffer_.erase(0, end);
        co_return head;
    }

    task<std::size_t> read_body(std::size_t count) override {
        std::size_t got = std::min(count, buffer_.size());
        buffer_.erase(0, got);
        while (got < count) {
            if (co_await read_more() == 0) {
                break;
            }
            const std::size_t used = std::min(count - got, buffer_.size());
            buffer_.erase(0, used);
            got += used;
        }
        co_return got;
    }

    task<void> write(std::string text) override {
        co_await asio::async_write(stream_, asio::buffer(text), use_tuple);
    }

    task<void> close() override {
        if constexpr (std::is_same_v<Stream, tls_socket>) {
            // Waits for the client's own goodbye, or for its end.
            co_await stream_.async_shutdown(use_tuple);
        }
        cut();
        co_return;
    }

    void cut() override {
        boost::system::error_code ignored;
        stream_.lowest_layer().shutdown(tcp::socket::shutdown_send, ignored);
    }

    void reset() override {
        boost::system::error_code ignored;
        stream_.lowest_layer().set_option(tcp::socket::linger(true, 0), ignored);
        stream_.lowest_layer().close(ignored);
    }

    task<void> stall() override {
        asio::steady_timer never(stream_.get_executor());
        never.expires_at(asio::steady_timer::time_point::max());
        co_await never.async_wait(use_tuple);
    }

private:
    task<std::size_t> read_more() {
        std::string piece(std::size_t{64} << 10, '\0');
        const auto [ec, count] = co_await stream_.async_read_some(asio::buffer(piece), use_tuple);
        counts_->bytes_heard += count;
        buffer_.append(piece, 0, count);
        co_return count;
    }

    Stream& stream_;
    state_ptr counts_;
    std::string buffer_;
};

task<void> serve_tls(state_ptr state, tcp::socket socket) {
    tls_socket stream(std::move(socket), *state->context);
    const auto [ec] = co_await stream.async_handshake(asio::ssl::stream_base::server, use_tuple);
    if (const char* name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name)) {
        state->names.emplace_back(name);
    }
    peer<tls_socket> line(stream, state);
    if (ec) {
        // Whatever a client says after a handshake that failed would be counted here.
        co_await line.read_body(1);
        co_return;
    }
    co_await state->play(line);
}

task<void> serve_plain(state_ptr state, tcp::socket socket) {
    peer<tcp::socket> line(socket, state);
    co_await state->play(line);
}

void rethrow(const std::exception_ptr& thrown) {
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

task<void> accept_all(state_ptr state) {
    for (;;) {
        tcp::socket socket(state->loop);
        const auto [ec] = co_await state->acceptor.async_accept(socket, use_tuple);
        if (ec) {
            co_return;
        }
        ++state->connections;
        socket.set_option(tcp::no_delay(true));
        if (state->context) {
            asio::co_spawn(state->loop, serve_tls(state, std::move(socket)), rethrow);
        } else {
            asio::co_spawn(state->loop, serve_plain(state, std::move(socket)), rethrow);
        }
    }
}

} // namespace

scripted_server::scripted_server(asio::io_context& loop, std::optional<tls_identity> identity,
                                 script play)
    : state_(std::make_shared<state>(loop, std::move(identity), std::move(play))) {
    asio::co_spawn(loop, accept_all(state_), rethrow);
}

scripted_server::~scripted_server() {
    boost::system::error_code ignored;
    state_->acceptor.close(ignored);
}

std::string scripted_server::port() const {
    return std::to_string(state_->acceptor.local_endpoint().port());
}

std::size_t scripted_server::connections() const {
    return state_->connections;
}

std::size_t scripted_server::bytes_heard() const {
    return state_->bytes_heard;
}

const std::vector<std::string>& scripted_server::server_names() const {
    return state_->names;
}

scripted_server::script always(std::string answer) {
    return [answer](scripted_peer& line) -> task<void> {
        for (;;) {
            const std::string head = co_await line.read_head();
            if (head.empty()) {
                co_return;
            }
            co_await line.write(answer);
        }
    };
}

} // namespace retraind::testing
