#include "http/expiry.hpp"

#include "retraind/http/byte_stream.hpp"

#include <boost/asio/steady_timer.hpp>

#include <utility>

namespace retraind::http {

struct expiry::watch {
    watch(const boost::asio::any_io_executor& loop, std::function<void()> call)
        : timer(loop), expired(std::move(call)) {}

    boost::asio::steady_timer timer;
    std::function<void()> expired;
};

expiry::expiry(const boost::asio::any_io_executor& loop, duration limit,
               std::function<void()> expired) {
    if (limit == no_limit) {
        return;
    }
    watch_ = std::make_shared<watch>(loop, std::move(expired));
    watch_->timer.expires_after(limit);
    watch_->timer.async_wait([watched = watch_](boost::system::error_code ec) {
        if (!ec && watched->expired) {
            watched->expired();
        }
    });
}

expiry::~expiry() {
    if (watch_) {
        // A timer that has fired already cannot be cancelled any more.
        watch_->expired = nullptr;
        watch_->timer.cancel();
    }
}

} // namespace retraind::http
