#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "event_recorder.hpp"
#include "fixtures.hpp"
#include "retraind/customvision/training_client.hpp"
#include "support/run_task.hpp"

namespace retraind::testing {

/// What came to the wire, its body drained.
struct sent_request {
    std::string method;
    std::string target;
    std::vector<http::header_field> fields;
    std::string body;
    std::uint64_t announced = 0;

    [[nodiscard]] std::string field(std::string_view name) const {
        for (const auto& each : fields) {
            if (each.name == name) {
                return each.value;
            }
        }
        return {};
    }
};

/// One step of the service's script: an answer, or the error of a call without one.
struct scripted {
    result<http::response> outcome;
    /// Stops pulling the body after so many pieces, as a broken connection does.
    std::size_t pieces = 1000000;
};

class scripted_transport final : public http::transport {
public:
    task<result<http::response>> send(http::request message, http::phase_limits) override {
        sent.push_back({message.method, message.target, message.fields, {}, 0});
        BOOST_TEST_REQUIRE(!script.empty());
        scripted step = std::move(script.front());
        script.pop_front();
        if (message.body) {
            sent.back().announced = message.body->size();
        }
        for (std::size_t piece = 0; message.body && piece < step.pieces; ++piece) {
            const auto bytes = co_await message.body->next();
            if (!bytes) {
                co_return tl::unexpected(bytes.error());
            }
            if (bytes->empty()) {
                break;
            }
            sent.back().body.append(reinterpret_cast<const char*>(bytes->data()), bytes->size());
        }
        co_return std::move(step.outcome);
    }
    void abort() override {}

    std::deque<scripted> script;
    std::vector<sent_request> sent;
};

/// Stands still; what waits for a time before it waits for nothing.
class still_clock final : public clock {
public:
    [[nodiscard]] mono_time now() const noexcept override { return at; }
    [[nodiscard]] wall_time wall() const noexcept override { return wall_time{}; }
    mono_time at{};
};

inline scripted answers(unsigned status, std::string body,
                        std::vector<http::header_field> fields = {}) {
    http::response answer;
    answer.status = status;
    answer.reason = "Reason";
    answer.body = std::move(body);
    answer.fields = std::move(fields);
    answer.fields.push_back({"apim-request-id", "request-7"});
    return {std::move(answer)};
}

inline scripted breaks(errc code, std::size_t pieces = 1000000) {
    return {tl::unexpected(error{code, "it broke"}), pieces};
}

struct client_fixture {
    static constexpr std::string_view key_text = "0123456789abcdefSECRETKEY";

    boost::asio::io_context loop;
    still_clock time;
    scripted_transport wire;
    http::rate_gate gate{loop.get_executor(), http::rate_options{1000000, 2}};
    event_recorder events;
    std::string key{key_text};
    customvision::client_options options{"/base", "v3.3", duration::zero()};
    runtime::workers files{loop.get_executor(), 2};
    project_id project = numbered<project_id>(1);
    iteration_id iteration = numbered<iteration_id>(2);

    [[nodiscard]] customvision::training_client client() {
        return {wire,   gate, [this] { return secret(key); }, events, time, [] { return 0.5; },
                options};
    }

    template <class T>
    T run(task<T> work) {
        return run_task(loop, std::move(work));
    }
};

} // namespace retraind::testing
