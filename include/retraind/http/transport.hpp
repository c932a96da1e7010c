#pragma once

#include "retraind/base/error.hpp"
#include "retraind/http/message.hpp"
#include "retraind/runtime/task.hpp"

namespace retraind::http {

/// One attempt at one exchange with the service's endpoint; whoever repeats, decides elsewhere.
/// Loop only.
class transport {
public:
    virtual ~transport() = default;

    /// The answer, whatever its status, also one that came before the whole body was sent. Errors:
    /// timed_out, network, certificate, protocol, cancelled, and whatever the body's source failed
    /// with. After an error it is unknown whether the service acted, unless the code is certificate
    /// or the body's own.
    [[nodiscard]] virtual task<result<response>> send(request message, phase_limits limits) = 0;

    /// Ends every exchange that is under way with `cancelled`, and every later one at once.
    virtual void abort() = 0;
};

} // namespace retraind::http
