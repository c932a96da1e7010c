#pragma once

#include <deque>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "recording.hpp"
#include "retraind/http/transport.hpp"
#include "retraind/runtime/stop_signal.hpp"

namespace retraind::testing {

/// Plays a service by a script: the calls that must come, in their order, and what each is
/// answered. A call that the script does not expect fails the test and ends everything.
///
/// A call is named by its method and its path below the project, each GUID by its last byte:
/// `POST /iterations/#2/publish`.
class scripted_service final : public http::transport {
public:
    scripted_service(runtime::stop_signal& stop, std::vector<std::string>& journal)
        : stop_(stop), journal_(journal) {}

    void expect(std::string call, unsigned status, std::string body) {
        http::response answer;
        answer.status = status;
        answer.reason = "Reason";
        answer.body = std::move(body);
        answer.fields.push_back({"apim-request-id", "request-7"});
        script_.push_back({std::move(call), std::move(answer)});
    }
    void expect_break(std::string call, errc code) {
        script_.push_back({std::move(call), tl::unexpected(error{code, "it broke"})});
    }
    /// The read is tried three times before its loop hears of it.
    void expect_broken_read(const std::string& call) {
        constexpr int attempts = 3;
        for (int each = 0; each < attempts; ++each) {
            expect_break(call, errc::network);
        }
    }

    task<result<http::response>> send(http::request message, http::phase_limits) override {
        const std::string call = name_of(message);
        if (call == "GET /tags" && (script_.empty() || script_.front().call != call)) {
            http::response listed;
            listed.status = 200;
            listed.body = tags;
            co_return listed;
        }
        journal_.push_back(call);
        targets.push_back(message.target);
        result<http::response> answer = tl::unexpected(error{errc::cancelled, "no script"});
        if (script_.empty() || script_.front().call != call) {
            BOOST_ERROR("unexpected call " << call << ", the script says "
                                           << (script_.empty() ? "none" : script_.front().call));
            stop_.request();
            co_return answer;
        }
        answer = std::move(script_.front().outcome);
        script_.pop_front();
        const result<std::string> body = co_await drain(message);
        if (!body) {
            co_return tl::unexpected(body.error());
        }
        bodies.push_back(*body);
        co_return answer;
    }
    void abort() override {}

    [[nodiscard]] std::size_t left() const noexcept { return script_.size(); }

    /// The project's tags, for those who look at them without the script's word.
    std::string tags = "[]";
    std::vector<std::string> targets;
    std::vector<std::string> bodies; ///< of the calls whose body could be read

private:
    struct step {
        std::string call;
        result<http::response> outcome;
    };

    static task<result<std::string>> drain(const http::request& message) {
        std::string body;
        while (message.body) {
            const auto piece = co_await message.body->next();
            if (!piece) {
                co_return tl::unexpected(piece.error());
            }
            if (piece->empty()) {
                break;
            }
            body.append(reinterpret_cast<const char*>(piece->data()), piece->size());
        }
        co_return body;
    }

    static std::string name_of(const http::request& message) {
        constexpr std::size_t guid = 36;
        constexpr std::string_view projects = "/projects/";
        std::string path = message.target.substr(0, message.target.find('?'));
        const auto project = path.find(projects);
        if (project != std::string::npos) {
            path.erase(0, project + projects.size() + guid);
        }
        constexpr std::string_view zeros = "00000000-0000-0000-0000-0000000000";
        for (auto at = path.find(zeros); at != std::string::npos; at = path.find(zeros)) {
            const int number = std::stoi(path.substr(at + zeros.size(), 2), nullptr, 16);
            path.replace(at, guid, "#" + std::to_string(number));
        }
        return message.method + " " + path;
    }

    runtime::stop_signal& stop_;
    std::vector<std::string>& journal_;
    std::deque<step> script_;
};

/// What the service says of an iteration. `name` is the publish name it carries, `more` are further
/// members.
inline std::string iteration_json(std::uint8_t number, std::string_view status,
                                  std::string_view name = {}, std::string_view more = {}) {
    std::string text = R"({"id":")" + to_string(numbered<iteration_id>(number)) +
                       R"(","name":"Iteration )" + std::to_string(number) + R"(","status":")" +
                       std::string(status) +
                       R"(","created":"2026-11-23T10:00:00.000Z","publishName":)";
    text += name.empty() ? "null" : "\"" + std::string(name) + "\"";
    text += more;
    return text + "}";
}

inline std::string list_json(const std::vector<std::string>& items) {
    std::string text = "[";
    for (const std::string& each : items) {
        text += (text.size() > 1 ? "," : "") + each;
    }
    return text + "]";
}

inline std::string refusal_json(const std::string& code) {
    return R"({"code":")" + code + R"(","message":"said by the service"})";
}

inline const std::string performance_json =
    R"({"perTagPerformance":[],"precision":0.97,"recall":0.96,"averagePrecision":0.95})";

} // namespace retraind::testing
