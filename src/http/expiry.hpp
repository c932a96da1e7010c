#pragma once

#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/base/clock.hpp"

namespace retraind::http {

/// Calls `expired` on the loop when it is still there after `limit`. Once it has gone nothing is
/// called, even where the timer had fired already.
class expiry {
public:
    expiry(const boost::asio::any_io_executor& loop, duration limit, std::function<void()> expired);
    ~expiry();
    expiry(const expiry&) = delete;
    expiry& operator=(const expiry&) = delete;

private:
    struct watch;
    std::shared_ptr<watch> watch_;
};

} // namespace retraind::http
