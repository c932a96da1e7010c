#pragma once

#include <exception>
#include <functional>
#include <string>

#include <boost/asio/any_io_executor.hpp>

#include "retraind/base/clock.hpp"
#include "retraind/base/event.hpp"
#include "retraind/customvision/training_client.hpp"
#include "retraind/ledger/ledger.hpp"
#include "retraind/runtime/stop_signal.hpp"

namespace retraind::pipeline {

/// What all projects of a daemon share. The supervisor owns it all and outlives every loop.
struct shared {
    boost::asio::any_io_executor loop;
    const clock& time;
    event_sink& events;
    runtime::stop_signal& stop;
    customvision::training_client& client;
    ledger::ledger& memory;
    std::function<double()> random; ///< uniform in [0, 1), for jitter
    /// Reads the key anew; fails with the sentence that says why there is none.
    std::function<task<result<void>>()> reload_key;

    bool broken = false; ///< a part ended by a bug
    /// Where smaller pictures may lie until they were sent.
    std::string state_folder{};

    /// Says an exception that is a bug, and stops: a daemon without one of its parts would say
    /// "running" while it is stuck, one that ends is started again.
    void internal_error(const std::exception_ptr& thrown);
};

} // namespace retraind::pipeline
