#pragma once

#include <cerrno>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>

#include "http/expiry.hpp"
#include "retraind/http/byte_stream.hpp"

namespace retraind::http {

/// A byte_stream over one of Asio's streams. Include it only where one is instantiated.
template <class Stream>
class basic_stream : public byte_stream {
public:
    template <class... Args>
    explicit basic_stream(Args&&... args) : stream_(std::forward<Args>(args)...) {}

    task<result<std::size_t>> read_some(std::span<std::byte> into, duration limit) final {
        const expiry watch(executor(), limit, [this] { end(ending::timed_out); });
        const auto target = boost::asio::buffer(into.data(), into.size());
        const auto [ec, count] = co_await stream_.async_read_some(target, use_tuple);
        if (ending_ != ending::none) {
            co_return ended();
        }
        if (ec == boost::asio::error::eof) {
            co_return std::size_t{0};
        }
        if (ec) {
            co_return fail(errc::network, ec.message());
        }
        co_return count;
    }

    task<result<void>> write(std::span<const std::byte> bytes, duration limit) final {
        const expiry watch(executor(), limit, [this] { end(ending::timed_out); });
        const auto source = boost::asio::buffer(bytes.data(), bytes.size());
        const auto [ec, count] = co_await boost::asio::async_write(stream_, source, use_tuple);
        if (ending_ != ending::none) {
            co_return ended();
        }
        if (ec) {
            co_return fail(errc::network, ec.message());
        }
        co_return result<void>();
    }

    task<void> shutdown(duration limit) override {
        static_cast<void>(limit);
        close();
        co_return;
    }

    void close() noexcept final { end(ending::closed); }

    bool is_quiet() noexcept final {
        if (ending_ != ending::none) {
            return false;
        }
        char next = 0;
        const auto peeked =
            ::recv(socket().native_handle(), &next, sizeof next, MSG_PEEK | MSG_DONTWAIT);
        return peeked < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }

protected:
    enum class ending { none, timed_out, closed };

    [[nodiscard]] Stream& stream() noexcept { return stream_; }
    [[nodiscard]] auto& socket() noexcept { return stream_.lowest_layer(); }
    [[nodiscard]] boost::asio::any_io_executor executor() { return stream_.get_executor(); }
    /// The first reason stays.
    void end(ending why) noexcept {
        if (std::exchange(ending_, ending_ == ending::none ? why : ending_) == ending::none) {
            boost::system::error_code ignored;
            socket().close(ignored);
        }
    }
    [[nodiscard]] tl::unexpected<error> ended() const {
        if (ending_ == ending::timed_out) {
            return fail(errc::timed_out, "timed out");
        }
        return fail(errc::cancelled, "the connection was closed on this side");
    }
    [[nodiscard]] bool has_ended() const noexcept { return ending_ != ending::none; }

private:
    Stream stream_;
    ending ending_ = ending::none;
};

} // namespace retraind::http
