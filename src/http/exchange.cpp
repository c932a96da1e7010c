#include "http/exchange.hpp"

#include "http/framing.hpp"
#include "retraind/runtime/notifier.hpp"

#include <algorithm>
#include <exception>
#include <optional>

#include <boost/asio/co_spawn.hpp>

namespace retraind::http {
namespace {

using std::chrono::steady_clock;

/// The most that one `write_piece` limit stands for, and after which an early answer is noticed.
constexpr std::size_t slice_bytes = std::size_t{64} << 10;
/// After a reset: what the peer said before it is on this side already, or never comes.
constexpr duration last_words = std::chrono::seconds(2);

/// What the hearing coroutine and the sending one share; the hearing one may end after the other.
struct hearing {
    hearing(std::shared_ptr<byte_stream> on, const boost::asio::any_io_executor& loop,
            const phase_limits& bounds, bool bodiless)
        : connection(std::move(on)),
          limits(bounds),
          changed(loop),
          reader({bounds.header_bytes, bounds.response_bytes}, bodiless) {}

    std::shared_ptr<byte_stream> connection;
    phase_limits limits;
    runtime::notifier changed; ///< the head is known, or the end
    answer_reader reader;
    bool all_sent = false;
    bool over = false;
    std::optional<error> failure;
    std::exception_ptr thrown;
};

task<result<void>> hear(std::shared_ptr<hearing> state) {
    while (!state->reader.whole()) {
        // How long the first byte may take is the sender's affair: it knows when all was sent.
        duration limit = no_limit;
        if (state->reader.begun()) {
            limit = state->limits.read_piece;
        }
        auto count = co_await state->connection->read_some(state->reader.space(), limit);
        if (!count) {
            co_return tl::unexpected(std::move(count.error()));
        }
        if (*count == 0) {
            co_return state->reader.end();
        }
        auto taken = state->reader.take(*count);
        if (!taken) {
            co_return taken;
        }
        state->changed.notify();
    }
    co_return result<void>();
}

/// Whatever ends the hearing while the body is still going out ends the sending too.
task<void> hear_to_the_end(std::shared_ptr<hearing> state) {
    auto heard = co_await hear(state);
    if (!heard && !state->failure) {
        state->failure = std::move(heard.error()).in("reading the answer");
    }
    state->over = true;
    if (!state->all_sent) {
        state->connection->close();
    }
    state->changed.notify();
}

void start_hearing(const boost::asio::any_io_executor& loop,
                   const std::shared_ptr<hearing>& state) {
    boost::asio::co_spawn(loop, hear_to_the_end(state), [state](std::exception_ptr thrown) {
        state->thrown = thrown;
        state->over = true;
        state->changed.notify();
    });
}

enum class sent {
    all,
    cut_short, ///< an answer, or the end of the hearing, made the rest pointless
    failed,    ///< the connection did not take it
    abandoned, ///< the body failed: an answer that came all the same means nothing
};

struct sending {
    sent how = sent::all;
    error why;
};

task<sending> send_bytes(hearing& state, std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
        if (state.reader.head_known() || state.over) {
            co_return sending{sent::cut_short, {}};
        }
        const auto slice = bytes.first(std::min(bytes.size(), slice_bytes));
        auto written = co_await state.connection->write(slice, state.limits.write_piece);
        if (!written) {
            co_return sending{sent::failed, std::move(written.error()).in("sending the request")};
        }
        bytes = bytes.subspan(slice.size());
    }
    co_return sending{};
}

/// The last byte is held back until the source has said that there is nothing more and nothing
/// wrong: without it the service cannot have taken the request for whole.
class body_sender {
public:
    body_sender(hearing& state, body_source& source)
        : state_(state), source_(source), left_(source.size()) {}

    task<sending> run() {
        while (!state_.reader.head_known() && !state_.over) {
            auto piece = co_await source_.next();
            if (!piece) {
                co_return sending{sent::abandoned, std::move(piece.error())};
            }
            if (piece->empty()) {
                co_return co_await finish();
            }
            if (piece->size() > left_) {
                co_return wrong_length();
            }
            auto done = co_await send(*piece);
            if (done.how != sent::all) {
                co_return done;
            }
        }
        co_return sending{sent::cut_short, {}};
    }

private:
    task<sending> send(std::span<const std::byte> piece) {
        left_ -= piece.size();
        if (left_ == 0) {
            last_ = piece.back();
            piece = piece.first(piece.size() - 1);
        }
        return send_bytes(state_, piece);
    }

    task<sending> finish() {
        if (left_ != 0) {
            co_return wrong_length();
        }
        if (!last_) {
            co_return sending{};
        }
        const std::span<const std::byte> last(&*last_, 1);
        co_return co_await send_bytes(state_, last);
    }

    static sending wrong_length() {
        return {sent::abandoned,
                {errc::invalid, "the request's body is not as long as it was said to be"}};
    }

    hearing& state_;
    body_source& source_;
    std::uint64_t left_;
    std::optional<std::byte> last_;
};

/// The way on after the body: the answer's own deadline, then its end.
task<void> await_answer(hearing& state) {
    const auto deadline = steady_clock::now() + state.limits.answer;
    while (!state.over) {
        if (state.reader.begun()) {
            co_await state.changed.wait();
        } else if (!co_await state.changed.wait_until(deadline)) {
            if (!state.over && !state.reader.begun()) {
                state.failure = error{errc::timed_out, "waiting for the answer: timed out"};
                state.connection->close();
            }
        }
    }
}

/// The hearing's end, which comes by itself within `grace` or by closing.
task<void> await_end(hearing& state, duration grace) {
    const auto deadline = steady_clock::now() + grace;
    while (!state.over && steady_clock::now() < deadline) {
        co_await state.changed.wait_until(deadline);
    }
    state.connection->close();
    while (!state.over) {
        co_await state.changed.wait();
    }
}

/// Closes the connection however the exchange ends, unless it may be used again.
class closing {
public:
    explicit closing(byte_stream& connection) : connection_(&connection) {}
    ~closing() {
        if (connection_ != nullptr) {
            connection_->close();
        }
    }
    closing(const closing&) = delete;
    closing& operator=(const closing&) = delete;
    void keep() noexcept { connection_ = nullptr; }

private:
    byte_stream* connection_;
};

std::span<const std::byte> bytes_of(const std::string& text) {
    return std::as_bytes(std::span(text));
}

task<sending> send_all(hearing& state, const request& message, const std::string& head) {
    auto done = co_await send_bytes(state, bytes_of(head));
    if (done.how == sent::all && message.body) {
        body_sender body(state, *message.body);
        done = co_await body.run();
    }
    state.all_sent = done.how == sent::all;
    co_return done;
}

/// After a reset the answer that explains it may be here already; after our own end nothing comes.
duration grace_after(const error& failure) {
    return failure.code == errc::network ? last_words : duration::zero();
}

/// Waits until nothing more is heard, as long as how the sending ended makes it worth it.
task<void> hear_out(hearing& state, const sending& done) {
    switch (done.how) {
    case sent::all:
        co_await await_answer(state);
        break;
    case sent::cut_short:
        while (!state.over) {
            co_await state.changed.wait();
        }
        break;
    case sent::failed:
        co_await await_end(state, grace_after(done.why));
        break;
    case sent::abandoned:
        co_await await_end(state, duration::zero());
        break;
    }
}

result<response> outcome(hearing& state, sending done, bool aborted) {
    if (done.how == sent::abandoned) {
        return tl::unexpected(std::move(done.why));
    }
    if (aborted) {
        return fail(errc::cancelled, "the exchange was given up");
    }
    if (state.reader.whole()) {
        return state.reader.release();
    }
    const bool closed_here = done.how == sent::failed && done.why.code == errc::cancelled;
    if (done.how == sent::failed && !(closed_here && state.failure)) {
        return tl::unexpected(std::move(done.why));
    }
    return tl::unexpected(state.failure.value_or(error{errc::network, "no answer came"}));
}

} // namespace

task<exchange_end> talk(std::shared_ptr<byte_stream> connection, const request& message,
                        const std::string& head, const phase_limits& limits,
                        runtime::stop_signal& aborting) {
    closing guard(*connection);
    const auto stopping = aborting.subscribe([connection] { connection->close(); });
    const auto state =
        std::make_shared<hearing>(connection, aborting.loop(), limits, message.method == "HEAD");
    start_hearing(aborting.loop(), state);
    auto done = co_await send_all(*state, message, head);
    co_await hear_out(*state, done);
    if (state->thrown) {
        std::rethrow_exception(state->thrown);
    }
    exchange_end end;
    end.heard = state->reader.begun();
    end.reusable = done.how == sent::all && !aborting.requested() && state->reader.reusable();
    end.answer = outcome(*state, std::move(done), aborting.requested());
    if (end.reusable) {
        guard.keep();
    }
    co_return end;
}

} // namespace retraind::http
