#include "client_fixture.hpp"
#include "fake_picture.hpp"

#include <functional>

#include <boost/asio/co_spawn.hpp>

using namespace retraind;
using namespace retraind::customvision;
using namespace retraind::testing;

namespace {

/// One operation, its own result thrown away.
struct operation {
    const char* name;
    bool repeats;
    std::function<std::optional<failure>(client_fixture&)> run;
};

template <class T>
std::optional<failure> failure_of(answer<T> answered) {
    return answered ? std::nullopt : std::optional(std::move(answered).error());
}

image_batch one_picture(fault fails = fault::none) {
    image_batch batch;
    batch.images.push_back(picture_entry("a.png", std::string(1000, 'a'), {}, 1000, fails));
    return batch;
}

const std::vector<operation>& operations() {
    using fix = client_fixture;
    static const std::vector<operation> all{
        {"GetDomains", true,
         [](fix& f) {
             return failure_of(f.run(f.client().get_domains()));
         }},
        {"GetProjects", true,
         [](fix& f) {
             return failure_of(f.run(f.client().get_projects()));
         }},
        {"GetProject", true,
         [](fix& f) {
             return failure_of(f.run(f.client().get_project(f.project)));
         }},
        {"GetTags", true,
         [](fix& f) {
             return failure_of(f.run(f.client().get_tags(f.project)));
         }},
        {"GetIterations", true,
         [](fix& f) {
             return failure_of(f.run(f.client().get_iterations(f.project)));
         }},
        {"GetIteration", true,
         [](fix& f) {
             return failure_of(f.run(f.client().get_iteration(f.project, f.iteration)));
         }},
        {"GetIterationPerformance", true,
         [](fix& f) {
             return failure_of(f.run(f.client().get_performance(f.project, f.iteration)));
         }},
        {"CreateProject", false,
         [](fix& f) {
             return failure_of(f.run(f.client().create_project("n", {}, {})));
         }},
        {"CreateTag", false,
         [](fix& f) {
             return failure_of(f.run(f.client().create_tag(f.project, "n", tag_type::regular)));
         }},
        {"CreateImagesFromFiles", false,
         [](fix& f) {
             return failure_of(
                 f.run(f.client().create_images_from_files(f.project, one_picture(), f.files)));
         }},
        {"TrainProject", false,
         [](fix& f) {
             return failure_of(f.run(f.client().train(f.project, {})));
         }},
        {"PublishIteration", false,
         [](fix& f) {
             return failure_of(f.run(f.client().publish(f.project, f.iteration, "n", "p", true)));
         }},
        {"UnpublishIteration", false,
         [](fix& f) {
             return failure_of(f.run(f.client().unpublish(f.project, f.iteration)));
         }},
    };
    return all;
}

std::string flat_error(const char* code) {
    return std::string(R"({"code":")") + code + R"(","message":"words"})";
}

constexpr const char* throttle_words =
    R"({"error":{"code":"429","message":"Please retry after 7 seconds."}})";

} // namespace

BOOST_FIXTURE_TEST_SUITE(training_client_failures, client_fixture)

BOOST_AUTO_TEST_CASE(every_operation_says_what_the_service_said) {
    for (const operation& each : operations()) {
        wire.script = {answers(400, flat_error("BadRequestOfTomorrow"))};
        wire.sent.clear();
        const auto why = each.run(*this);
        BOOST_TEST_REQUIRE(why.has_value(), each.name);
        BOOST_TEST((why->meaning == verdict::refused_batch), each.name);
        BOOST_TEST(why->status == 400U);
        BOOST_TEST(why->code == "BadRequestOfTomorrow");
        BOOST_TEST(why->message == "words");
        BOOST_TEST(why->request_id == "request-7");
        BOOST_TEST(why->cause.message ==
                   std::string(each.name) + ": 400 BadRequestOfTomorrow: words");
        BOOST_TEST(wire.sent.size() == 1U);
        const event& told = events.last(event_name::request_failed);
        BOOST_TEST((told.level == severity::warning));
        BOOST_TEST(text_field(told, "operation") == each.name);
        BOOST_TEST(text_field(told, "code") == "BadRequestOfTomorrow");
        BOOST_TEST(text_field(told, "service_message") == "words");
        BOOST_TEST(text_field(told, "request_id") == "request-7");
        BOOST_TEST(number_field(told, "status") == 400);
    }
}

BOOST_AUTO_TEST_CASE(passing_failures_are_repeated_for_reads_only) {
    for (const operation& each : operations()) {
        for (const bool answered : {true, false}) {
            wire.script.clear();
            wire.sent.clear();
            for (int times = 0; times < 5; ++times) {
                wire.script.push_back(answered ? answers(503, "") : breaks(errc::network));
            }
            const auto why = each.run(*this);
            BOOST_TEST_REQUIRE(why.has_value(), each.name);
            BOOST_TEST((why->meaning == verdict::retry), each.name);
            BOOST_TEST(wire.sent.size() == (each.repeats ? 3U : 1U), each.name);
            BOOST_TEST(why->cause.message ==
                       std::string(each.name) + (answered ? ": 503 Reason" : ": it broke"));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_answer_that_cannot_be_read_is_a_failure_of_the_protocol) {
    for (const operation& each : operations()) {
        if (std::string_view(each.name) == "UnpublishIteration") {
            continue; // its answer has no body
        }
        for (const char* body : {"", "<html>", "7", "{\"images\":7}"}) {
            if (std::string_view(each.name) == "GetIterationPerformance" && *body == '{') {
                continue; // all of its members may be absent
            }
            wire.script = {answers(200, body)};
            wire.sent.clear();
            const auto why = each.run(*this);
            BOOST_TEST_REQUIRE(why.has_value(), each.name << ' ' << body);
            BOOST_TEST((why->meaning == verdict::retry), each.name);
            BOOST_TEST((why->cause.code == errc::protocol), each.name);
            BOOST_TEST(why->status == 200U);
            BOOST_TEST(why->request_id == "request-7");
            BOOST_TEST(wire.sent.size() == 1U);
            BOOST_TEST((events.last(event_name::request_failed).sentence == why->cause.message));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_read_that_fails_once_succeeds_quietly_to_its_caller) {
    wire.script = {breaks(errc::network), answers(500, ""), answers(200, "[]")};
    BOOST_TEST(run(client().get_tags(project)).has_value());
    BOOST_TEST(events.count(event_name::request_failed) == 2U);
    BOOST_TEST(events.count(event_name::request_sent) == 2U);
}

BOOST_AUTO_TEST_CASE(a_failure_says_how_long_it_took_where_no_answer_did) {
    wire.script = {breaks(errc::network)};
    BOOST_TEST(failure_of(run(client().publish(project, iteration, "n", "r", true))).has_value());
    BOOST_TEST(number_field(events.last(event_name::request_failed), "ms") >= 0);
    wire.script = {answers(400, "")};
    BOOST_TEST(failure_of(run(client().publish(project, iteration, "n", "r", true))).has_value());
    BOOST_TEST(number_field(events.last(event_name::request_failed), "ms") == -1);
}

BOOST_AUTO_TEST_CASE(a_read_that_is_asked_to_wait_long_leaves_it_to_its_loop) {
    wire.script = {answers(503, "", {{"Retry-After", "30"}})};
    const auto why = failure_of(run(client().get_tags(project)));
    BOOST_TEST((why.value().retry_after.value() == std::chrono::seconds(30)));
    BOOST_TEST(wire.sent.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_throttled_read_waits_at_the_gate_and_goes_on) {
    wire.script = {answers(429, throttle_words), answers(200, "[]")};
    BOOST_TEST(run(client().get_tags(project)).has_value());
    BOOST_TEST(wire.sent.size() == 2U);
    const event& told = events.last(event_name::throttled);
    BOOST_TEST(text_field(told, "operation") == "GetTags");
    BOOST_TEST(number_field(told, "ms") == 7125);
    wire.script.assign(5, answers(429, ""));
    const auto why = failure_of(run(client().get_tags(project)));
    BOOST_TEST((why.value().meaning == verdict::throttled));
    BOOST_TEST((why->retry_after.value() == std::chrono::milliseconds(1125)));
    BOOST_TEST(wire.sent.size() == 5U);
}

BOOST_AUTO_TEST_CASE(a_throttled_write_pauses_the_gate_for_all) {
    time.at = system_clock().now();
    wire.script = {answers(429, "", {{"Retry-After", "3600"}})};
    const auto why = failure_of(run(client().train(project, {})));
    BOOST_TEST((why.value().meaning == verdict::throttled));
    BOOST_TEST((why->retry_after.value() >= std::chrono::seconds(3600)));
    std::optional<answer<std::vector<domain>>> waiting;
    auto service = client();
    boost::asio::co_spawn(loop, service.get_domains(),
                          [&waiting](std::exception_ptr, answer<std::vector<domain>> answered) {
                              waiting.emplace(std::move(answered));
                          });
    loop.restart();
    loop.poll();
    BOOST_TEST(wire.sent.size() == 1U);
    BOOST_TEST(!waiting.has_value());
    gate.close();
    while (!waiting) {
        loop.run_one();
    }
    BOOST_TEST((waiting->error().meaning == verdict::abandoned));
    BOOST_TEST((waiting->error().cause.code == errc::cancelled));
    BOOST_TEST(wire.sent.size() == 1U);
}

BOOST_AUTO_TEST_CASE(states_are_no_warnings) {
    wire.script = {answers(400, flat_error("BadRequestTrainingNotNeeded"))};
    const auto why = failure_of(run(client().train(project, {})));
    BOOST_TEST((why.value().meaning == verdict::state));
    BOOST_TEST((events.last(event_name::request_failed).level == severity::debug));
}

BOOST_AUTO_TEST_CASE(publishing_that_answers_false_failed) {
    wire.script = {answers(200, "false")};
    const auto why = failure_of(run(client().publish(project, iteration, "n", "p", true)));
    BOOST_TEST((why.value().cause.code == errc::refused));
}

BOOST_AUTO_TEST_CASE(an_upload_that_breaks_tells_how_far_it_was) {
    struct {
        scripted step;
        verdict meaning;
    } const cases[]{
        {breaks(errc::network, 0), verdict::retry},
        {breaks(errc::network, 1), verdict::shrink},
        {breaks(errc::network), verdict::retry},
        {breaks(errc::timed_out), verdict::shrink},
        {breaks(errc::certificate, 0), verdict::retry},
        {answers(413, ""), verdict::shrink},
        {answers(408, ""), verdict::shrink},
        {answers(401, ""), verdict::unauthorised},
        {answers(404, R"({ "statusCode": 404, "message": "Resource not found" })"),
         verdict::missing_project},
    };
    for (const auto& each : cases) {
        wire.script = {each.step};
        const auto why =
            failure_of(run(client().create_images_from_files(project, one_picture(), files)));
        BOOST_TEST_REQUIRE(why.has_value());
        BOOST_TEST((why->meaning == each.meaning), why->cause.message);
    }
    wire.script = {breaks(errc::certificate, 0)};
    const auto why = failure_of(run(client().train(project, {})));
    BOOST_TEST((why.value().cause.code == errc::certificate));
}

BOOST_AUTO_TEST_CASE(a_picture_that_changes_on_the_way_is_our_own_doing) {
    for (const fault at : {fault::open, fault::read, fault::close, fault::shorter, fault::longer}) {
        wire.script = {answers(200, R"({"images":[]})")};
        const auto why =
            failure_of(run(client().create_images_from_files(project, one_picture(at), files)));
        BOOST_TEST_REQUIRE(why.has_value());
        BOOST_TEST((why->meaning == verdict::abandoned));
        BOOST_TEST((why->cause.code == errc::changed));
        BOOST_TEST(wire.sent.back().body.size() < wire.sent.back().announced);
    }
}

BOOST_AUTO_TEST_CASE(without_a_usable_key_nothing_is_sent) {
    for (const char* unusable : {"", "two words", "line\r\nX-Evil: 1", "bad\x80"}) {
        key = unusable;
        const auto why = failure_of(run(client().get_domains()));
        BOOST_TEST((why.value().meaning == verdict::unauthorised));
        BOOST_TEST((why->cause.code == errc::denied));
        BOOST_TEST(wire.sent.empty());
        BOOST_TEST((key.empty() || !events.mention(unusable)));
    }
}

BOOST_AUTO_TEST_CASE(the_key_is_in_no_event_and_no_error) {
    const std::string echo = "your key " + std::string(key_text) + " is " + std::string(key_text);
    for (const operation& each : operations()) {
        for (const std::string& body :
             {R"({"code":")" + echo + R"(","message":")" + echo + R"("})", echo}) {
            wire.script = {answers(401, body, {{"apim-request-id", std::string(key_text)}})};
            const auto why = each.run(*this);
            BOOST_TEST_REQUIRE(why.has_value());
            for (const std::string& text :
                 {why->cause.message, why->code, why->message, why->request_id}) {
                BOOST_TEST(text.find(key_text) == std::string::npos, text);
            }
        }
        wire.script = {answers(200, echo, {{"apim-request-id", std::string(key_text)}})};
        static_cast<void>(each.run(*this));
    }
    BOOST_TEST(!events.mention(key_text));
    BOOST_TEST(events.mention("your key *** is ***"));
}

BOOST_AUTO_TEST_SUITE_END()
