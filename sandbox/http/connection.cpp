// The one unit that instantiates the sandbox's socket and TLS operations.
#include "sandbox/http/connection.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <fmt/format.h>

#include "sandbox/http/exchange.hpp"
#include "sandbox/http/gateway_answers.hpp"
#include "sandbox/http/incoming.hpp"
#include "sandbox/http/response_head.hpp"

namespace sandbox::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using std::chrono::steady_clock;
template <class T>
using task = asio::awaitable<T>;
using plain_stream = beast::tcp_stream;
using tls_stream = asio::ssl::stream<beast::tcp_stream>;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

constexpr std::chrono::seconds handshake_time(10);
constexpr std::chrono::seconds idle_time(120);
constexpr std::chrono::seconds head_time(20);
constexpr std::chrono::seconds silence_time(30); ///< between two pieces of a body
constexpr std::chrono::seconds body_time(600);
constexpr std::chrono::seconds write_time(60);
constexpr std::chrono::seconds farewell_time(1);
constexpr std::chrono::seconds linger_time(10);
constexpr std::chrono::milliseconds linger_silence(500);
constexpr std::uint32_t head_bytes = 32 * 1024;
constexpr std::size_t piece_bytes = 128 * 1024;
constexpr std::uint64_t linger_bytes = 128 * 1024 * 1024;
/// A body that is refused is read all the same up to here, so that the connection lives on.
constexpr std::uint64_t short_body_bytes = 64 * 1024;

/// What becomes of the connection after an exchange.
enum class sequel {
    next_request, ///< it is kept
    farewell,     ///< it is closed as TLS wants it
    linger, ///< the client may still be sending: hear it out first, so that it reads the answer
    cut,    ///< it is closed without a word
};

template <class Stream>
class stream_connection final : public connection {
public:
    stream_connection(Stream stream, shared_state& shared)
        : stream_(std::move(stream)), shared_(shared), buffer_(head_bytes + piece_bytes) {}

    task<void> serve() override;
    void finish() override {
        if (waiting_) {
            socket().cancel();
        }
    }

private:
    beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }

    task<bool> shake_hands();
    task<sequel> one_exchange();
    task<error_code> read_head(exchange& ex);
    task<error_code> read_body(exchange& ex, std::uint64_t until);
    task<sequel> refuse(exchange& ex, response answer);
    task<sequel> take_body(exchange& ex);
    task<sequel> end_body(exchange& ex, error_code error);
    task<sequel> answer_request(exchange& ex);
    task<response> perform(exchange& ex);
    task<sequel> send(exchange& ex, response answer, sequel wanted);
    task<void> hear_out();
    task<void> say_farewell();
    task<void> pause(steady_clock::duration span);

    Stream stream_;
    shared_state& shared_;
    beast::flat_buffer buffer_;
    bool waiting_ = false; ///< for the first byte of a request
};

template <class Stream>
task<bool> stream_connection<Stream>::shake_hands() {
    if constexpr (std::is_same_v<Stream, tls_stream>) {
        socket().expires_after(handshake_time);
        auto [error] = co_await stream_.async_handshake(tls_stream::server, as_result);
        co_return !error;
    } else {
        co_return true;
    }
}

template <class Stream>
task<void> stream_connection<Stream>::serve() {
    const bool secure = co_await shake_hands();
    sequel then = secure ? sequel::next_request : sequel::cut;
    while (then == sequel::next_request) {
        then = co_await one_exchange();
    }
    if (then == sequel::linger) {
        co_await hear_out();
    }
    if (then != sequel::cut) {
        co_await say_farewell();
    }
    socket().close();
}

template <class Stream>
task<sequel> stream_connection<Stream>::one_exchange() {
    exchange ex;
    ex.id = to_string(shared_.ids());
    const error_code error = co_await read_head(ex);
    if (error) {
        if (is_bad_http(error)) {
            co_return co_await send(ex, bad_http_answer(error), sequel::linger);
        }
        co_return error == beast::error::timeout ? sequel::cut : sequel::farewell;
    }
    auto asked = request_of(ex.incoming.get().base(), ex.id);
    if (!asked) {
        response answer = bad_request("The request's target or Host is malformed.");
        co_return co_await send(ex, std::move(answer), sequel::linger);
    }
    ex.asked = std::move(*asked);
    auto refusal = judge(ex, shared_);
    if (refusal) {
        co_return co_await refuse(ex, std::move(*refusal));
    }
    const sequel then = co_await take_body(ex);
    if (then != sequel::next_request) {
        co_return then;
    }
    co_return co_await answer_request(ex);
}

template <class Stream>
task<error_code> stream_connection<Stream>::read_head(exchange& ex) {
    ex.incoming.header_limit(head_bytes);
    ex.incoming.body_limit(boost::none);
    ex.begun = steady_clock::now();
    waiting_ = buffer_.size() == 0;
    if (waiting_ && shared_.stopping) {
        co_return asio::error::operation_aborted;
    }
    socket().expires_after(waiting_ ? idle_time : head_time);
    while (!ex.incoming.is_header_done()) {
        auto [error, count] =
            co_await beast::http::async_read_some(stream_, buffer_, ex.incoming, as_result);
        if (waiting_) {
            waiting_ = false;
            ex.begun = steady_clock::now();
            socket().expires_after(head_time);
        }
        if (error) {
            co_return error;
        }
    }
    co_return error_code();
}

template <class Stream>
task<sequel> stream_connection<Stream>::refuse(exchange& ex, response answer) {
    const bool early_fault = ex.trouble != nullptr;
    if (early_fault || ex.body_length() > short_body_bytes || expects_continue(ex.asked)) {
        co_return co_await send(ex, std::move(answer), sequel::linger);
    }
    const error_code error = co_await read_body(ex, whole_body);
    if (error) {
        co_return co_await end_body(ex, error);
    }
    co_return co_await send(ex, std::move(answer), sequel::next_request);
}

/// Reads the body, unless a fault ends the connection before.
template <class Stream>
task<sequel> stream_connection<Stream>::take_body(exchange& ex) {
    if (ex.cut_at(cut_point::before_body)) {
        co_return sequel::cut;
    }
    if (expects_continue(ex.asked) && !ex.incoming.is_done()) {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        socket().expires_after(write_time);
        const auto bytes = asio::buffer(go_on);
        co_await asio::async_write(stream_, bytes, as_result);
    }
    const bool half = ex.cut_at(cut_point::mid_body);
    const std::uint64_t length = ex.body_length();
    const std::uint64_t middle = length == whole_body ? short_body_bytes : length / 2;
    const std::uint64_t until = half ? middle : whole_body;
    const error_code error = co_await read_body(ex, until);
    if (error) {
        co_return co_await end_body(ex, error);
    }
    const bool cut = half || ex.cut_at(cut_point::after_body_before_answer);
    co_return cut ? sequel::cut : sequel::next_request;
}

/// Reads until the body is whole, or until about `until` bytes of it are there.
template <class Stream>
task<error_code> stream_connection<Stream>::read_body(exchange& ex, std::uint64_t until) {
    const auto* slow = ex.template is<slow_fault>();
    const auto deadline = steady_clock::now() + body_time;
    while (!ex.incoming.is_done() && ex.incoming.get().body().size() < until) {
        socket().expires_at(std::min(deadline, steady_clock::now() + silence_time));
        auto [error, count] =
            co_await beast::http::async_read_some(stream_, buffer_, ex.incoming, as_result);
        if (error) {
            co_return error;
        }
        if (slow != nullptr) {
            const double seconds =
                static_cast<double>(count) / static_cast<double>(slow->bytes_per_second);
            const auto span = std::chrono::duration_cast<steady_clock::duration>(
                std::chrono::duration<double>(seconds));
            co_await pause(span);
        }
    }
    co_return error_code();
}

template <class Stream>
task<sequel> stream_connection<Stream>::end_body(exchange& ex, error_code error) {
    if (error == beast::http::error::body_limit) {
        co_return co_await send(ex, request_timeout(), sequel::linger);
    }
    if (is_bad_http(error)) {
        co_return co_await send(ex, bad_http_answer(error), sequel::linger);
    }
    co_return sequel::cut;
}

template <class Stream>
task<sequel> stream_connection<Stream>::answer_request(exchange& ex) {
    const auto* delay = ex.template is<delay_fault>();
    if (delay != nullptr) {
        co_await pause(delay->before_handling);
    }
    response answer;
    const auto* other = ex.template is<answer_fault>();
    if (other != nullptr) {
        answer = answer_of(*other, ex, shared_);
    } else {
        answer = co_await perform(ex);
    }
    if (ex.cut_at(cut_point::after_handling)) {
        co_return sequel::cut;
    }
    if (delay != nullptr) {
        co_await pause(delay->before_answer);
    }
    co_return co_await send(ex, std::move(answer), sequel::next_request);
}

/// Runs the handler on a thread of a pool. Everything it refers to lives in frames that are
/// suspended until it is done; the pools are joined before they are destroyed.
template <class Stream>
task<response> stream_connection<Stream>::perform(exchange& ex) {
    ex.asked.body = std::move(ex.incoming.get().body());
    if (const auto* images = ex.template is<image_fault>()) {
        ex.asked.image_status_faults = images->statuses;
    }
    response answer;
    std::string failure;
    const auto loop = socket().get_executor();
    auto start = [&, loop](auto waiter) {
        auto resume = std::make_shared<decltype(waiter)>(std::move(waiter));
        asio::post(fetches(*ex.found) ? shared_.fetching_pool : shared_.pool,
                   [&, loop, resume]() mutable {
                       answer = perform_guarded(shared_.perform, ex, failure);
                       asio::post(loop, [resume = std::move(resume)] { std::move (*resume)(); });
                   });
    };
    asio::use_awaitable_t<> token;
    co_await asio::async_initiate<asio::use_awaitable_t<>, void()>(std::move(start), token);
    if (!failure.empty()) {
        shared_.log(fmt::format("{} failed: {}", ex.found->operation, failure));
    }
    co_return answer;
}

template <class Stream>
task<sequel> stream_connection<Stream>::send(exchange& ex, response answer, sequel wanted) {
    const auto& head = ex.incoming.get();
    const bool keep = wanted == sequel::next_request && head.keep_alive() && !shared_.stopping;
    const head_facts facts{ex.id, std::chrono::system_clock::now(), keep, head.version() == 10};
    std::string text = response_head(answer, facts);
    if (ex.asked.method != "HEAD") {
        text += answer.body;
    }
    socket().expires_after(write_time);
    const auto bytes = asio::buffer(text);
    auto [error, count] = co_await asio::async_write(stream_, bytes, as_result);
    shared_.log(log_line(ex, answer.status, steady_clock::now()));
    if (error) {
        co_return sequel::cut;
    }
    co_return keep || wanted == sequel::linger ? wanted : sequel::farewell;
}

/// Reads and forgets what the client still sends, within bounds: closing at once would reset the
/// connection, and the client would lose the answer that tells it why.
template <class Stream>
task<void> stream_connection<Stream>::hear_out() {
    std::array<char, 16 * 1024> forgotten;
    const auto bytes = asio::buffer(forgotten);
    const auto deadline = steady_clock::now() + linger_time;
    for (std::uint64_t heard = 0; heard < linger_bytes;) {
        const auto silence = steady_clock::now() + linger_silence;
        socket().expires_at(std::min(deadline, silence));
        auto [error, count] = co_await stream_.async_read_some(bytes, as_result);
        if (error) {
            break;
        }
        heard += count;
    }
}

template <class Stream>
task<void> stream_connection<Stream>::say_farewell() {
    if constexpr (std::is_same_v<Stream, tls_stream>) {
        socket().expires_after(farewell_time);
        co_await stream_.async_shutdown(as_result);
    }
    error_code ignored;
    socket().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

template <class Stream>
task<void> stream_connection<Stream>::pause(steady_clock::duration span) {
    asio::steady_timer timer(socket().get_executor(), span);
    co_await timer.async_wait(as_result);
}

} // namespace

std::shared_ptr<connection> make_connection(asio::ip::tcp::socket socket, shared_state& shared,
                                            asio::ssl::context* tls) {
    beast::tcp_stream stream(std::move(socket));
    if (tls == nullptr) {
        return std::make_shared<stream_connection<plain_stream>>(std::move(stream), shared);
    }
    return std::make_shared<stream_connection<tls_stream>>(tls_stream(std::move(stream), *tls),
                                                           shared);
}

} // namespace sandbox::http
