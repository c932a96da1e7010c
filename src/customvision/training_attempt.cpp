#include "retraind/customvision/training_client.hpp"

#include "call.hpp"

namespace retraind::customvision {
namespace {

/// What a 429 without a word of it asks for (CONTRACT.md section 5), and the most that is added to
/// it, so that those who share the key do not come back together.
constexpr duration default_throttle = std::chrono::seconds(1);
constexpr double throttle_jitter = 0.25;

duration since(mono_time begun, mono_time now) {
    return std::chrono::duration_cast<duration>(now - begun);
}

duration share_of(duration span, double share) {
    return duration(static_cast<duration::rep>(static_cast<double>(span.count()) * share));
}

/// What changes nothing about the way on is no warning: a state that was asked for, and our own
/// end.
event event_of(std::string_view operation, const failure& why) {
    const bool expected = why.meaning == verdict::state || why.meaning == verdict::abandoned;
    const bool wordless = why.code.empty() && why.message.empty();
    return {event_name::request_failed,
            expected ? severity::debug : severity::warning,
            {},
            wordless ? why.cause.message : "the service did not do what it was asked",
            {{"operation", operation},
             {"status", why.status},
             {"code", why.code},
             {"service_message", why.message},
             {"request_id", why.request_id}}};
}

} // namespace

task<answer<http::response>> training_client::attempt(const call& what) {
    const auto turn = co_await gate_.take();
    if (!turn) {
        co_return tl::unexpected(stopped_failure(what));
    }
    const secret key = key_();
    if (!is_usable(key)) {
        const failure why = keyless_failure(what);
        report_failure(what.operation, why);
        co_return tl::unexpected(why);
    }
    const mono_time begun = time_.now();
    http::request message = make_request(what, key, options_);
    const http::phase_limits limits;
    auto answered = co_await transport_.send(std::move(message), limits);
    co_return judge(what, key, std::move(answered), begun);
}

answer<http::response> training_client::judge(const call& what, const secret& key,
                                              result<http::response> answered, mono_time begun) {
    failure why;
    std::optional<duration> took; // of what got no answer
    if (!answered) {
        why = unanswered_failure(what, answered.error());
        took = since(begun, time_.now());
    } else {
        redact(*answered, key);
        report_answer(what, *answered, since(begun, time_.now()));
        if (is_success(answered->status)) {
            return std::move(*answered);
        }
        why = answered_failure(what, *answered, time_.wall());
    }
    redact(why, key);
    if (why.meaning == verdict::throttled) {
        throttle(what, why);
    }
    event said = event_of(what.operation, why);
    if (took) {
        said.fields.emplace_back("ms", took->count());
    }
    events_.emit(said);
    return tl::unexpected(std::move(why));
}

void training_client::throttle(const call& what, failure& why) {
    const duration asked = why.retry_after.value_or(default_throttle);
    const duration pause = asked + share_of(default_throttle, random_() * throttle_jitter);
    why.retry_after = pause;
    gate_.pause_until(time_.now() + pause);
    events_.emit({event_name::throttled,
                  severity::info,
                  {},
                  "the service asks for fewer requests",
                  {{"operation", what.operation}, {"ms", pause.count()}}});
}

void training_client::report_answer(const call& what, const http::response& answer, duration took) {
    events_.emit({event_name::request_sent,
                  severity::debug,
                  {},
                  "answered",
                  {{"operation", what.operation},
                   {"status", answer.status},
                   {"ms", took.count()},
                   {"request_id", request_id_of(answer)}}});
}

void training_client::report_failure(std::string_view operation, const failure& why) {
    events_.emit(event_of(operation, why));
}

} // namespace retraind::customvision
