#include "retraind/customvision/verdict_rules.hpp"

#include "fixtures.hpp"

#include <map>

using namespace retraind;
using namespace retraind::customvision;
using retraind::testing::recorded_answers;
using retraind::testing::text_of;

namespace {

verdict verdict_named(const std::string& name) {
    static const std::map<std::string, verdict> names{
        {"throttled", verdict::throttled},         {"state", verdict::state},
        {"unauthorised", verdict::unauthorised},   {"missing_project", verdict::missing_project},
        {"refused_batch", verdict::refused_batch}, {"needs_operator", verdict::needs_operator},
        {"needs_data", verdict::needs_data},
    };
    return names.at(name);
}

} // namespace

BOOST_AUTO_TEST_SUITE(verdict_rules)

BOOST_AUTO_TEST_CASE(every_published_failure_is_judged) {
    for (const auto& each : recorded_answers("errors.json")) {
        const auto status = static_cast<unsigned>(each.at("status").as_int64());
        const verdict judged = judge_answer(status, text_of(each, "code"), body_progress::none);
        BOOST_TEST((judged == verdict_named(text_of(each, "verdict"))), text_of(each, "name"));
    }
}

BOOST_AUTO_TEST_CASE(answers_are_judged_by_code_then_by_status) {
    struct {
        unsigned status;
        const char* code;
        body_progress body;
        verdict meaning;
    } const cases[]{
        {429, "BadRequest", body_progress::sent, verdict::throttled},
        {408, "", body_progress::sent, verdict::shrink},
        {413, "", body_progress::under_way, verdict::shrink},
        {413, "BadRequestImageBatch", body_progress::sent, verdict::shrink},
        {408, "", body_progress::none, verdict::retry},
        {413, "", body_progress::none, verdict::refused_batch},
        {500, "", body_progress::sent, verdict::retry},
        {500, "NotFoundProject", body_progress::none, verdict::retry},
        {502, "", body_progress::none, verdict::retry},
        {503, "ErrorFeaturizationServiceUnavailable", body_progress::none, verdict::retry},
        {504, "", body_progress::none, verdict::retry},
        {599, "", body_progress::none, verdict::retry},
        {409, "Conflict", body_progress::none, verdict::retry},
        {409, "", body_progress::none, verdict::retry},
        {400, "Conflict", body_progress::none, verdict::retry},
        {400, "ErrorUnknown", body_progress::none, verdict::retry},
        {400, "ErrorProjectTrainingRequestFailed", body_progress::none, verdict::retry},
        {400, "", body_progress::sent, verdict::refused_batch},
        {400, "BadRequestImageFormat", body_progress::sent, verdict::refused_batch},
        {400, "BadRequestOfTomorrow", body_progress::sent, verdict::refused_batch},
        {400, "BadRequestExceededBatchSize", body_progress::sent, verdict::refused_batch},
        {415, "UnsupportedMediaType", body_progress::sent, verdict::refused_batch},
        {400, "BadRequestTrainingNotNeededButTrainingPipelineUpdated", body_progress::none,
         verdict::state},
        {400, "BadRequestTrainingAlreadyInProgress", body_progress::none, verdict::state},
        {400, "BadRequestIterationNotPublished", body_progress::none, verdict::state},
        {400, "BadRequestTrainingValidationFailed", body_progress::none, verdict::needs_data},
        {400, "BadRequestMultiLabelClassificationTrainingValidationFailed", body_progress::none,
         verdict::needs_data},
        {400, "BadRequestExceedIterationPerProjectLimit", body_progress::none,
         verdict::needs_operator},
        {400, "BadRequestExceededQuota", body_progress::sent, verdict::needs_operator},
        {403, "ForbiddenDRModeEnabled", body_progress::none, verdict::needs_operator},
        {403, "Forbidden", body_progress::none, verdict::unauthorised},
        {403, "", body_progress::none, verdict::unauthorised},
        {401, "NotFoundProject", body_progress::none, verdict::unauthorised},
        {401, "", body_progress::none, verdict::unauthorised},
        {404, "NotFoundProject", body_progress::none, verdict::missing_project},
        {404, "", body_progress::none, verdict::missing_project},
        {404, "404", body_progress::none, verdict::missing_project},
        {404, "NotFound", body_progress::none, verdict::missing_project},
        {404, "NotFoundIteration", body_progress::none, verdict::refused_batch},
        {404, "NotFoundTag", body_progress::sent, verdict::refused_batch},
        {410, "", body_progress::none, verdict::missing_project},
        {407, "", body_progress::none, verdict::needs_operator},
        {302, "", body_progress::none, verdict::retry},
        {0, "", body_progress::none, verdict::retry},
    };
    for (const auto& each : cases) {
        BOOST_TEST((judge_answer(each.status, each.code, each.body) == each.meaning),
                   each.status << ' ' << each.code);
    }
}

BOOST_AUTO_TEST_CASE(without_an_answer_it_matters_how_far_the_body_had_got) {
    struct {
        errc code;
        body_progress body;
        verdict meaning;
    } const cases[]{
        {errc::network, body_progress::none, verdict::retry},
        {errc::network, body_progress::under_way, verdict::shrink},
        {errc::network, body_progress::sent, verdict::retry},
        {errc::timed_out, body_progress::none, verdict::retry},
        {errc::timed_out, body_progress::under_way, verdict::shrink},
        {errc::timed_out, body_progress::sent, verdict::shrink},
        {errc::certificate, body_progress::none, verdict::retry},
        {errc::protocol, body_progress::sent, verdict::retry},
        {errc::cancelled, body_progress::under_way, verdict::abandoned},
        {errc::changed, body_progress::under_way, verdict::abandoned},
    };
    for (const auto& each : cases) {
        BOOST_TEST((judge_transport(each.code, each.body) == each.meaning),
                   to_string(each.code) << ' ' << static_cast<int>(each.body));
    }
}

BOOST_AUTO_TEST_CASE(success_is_two_hundred_and_two_hundred_seven_alike) {
    for (const unsigned status : {200U, 202U, 204U, 207U}) {
        BOOST_TEST(is_success(status), status);
    }
    for (const unsigned status : {0U, 100U, 199U, 300U, 304U, 400U, 500U}) {
        BOOST_TEST(!is_success(status), status);
    }
}

BOOST_AUTO_TEST_CASE(errors_have_a_kind) {
    BOOST_TEST((error_kind(verdict::unauthorised, 401, "") == errc::denied));
    BOOST_TEST((error_kind(verdict::missing_project, 404, "") == errc::not_found));
    BOOST_TEST((error_kind(verdict::refused_batch, 404, "NotFoundTag") == errc::not_found));
    BOOST_TEST((error_kind(verdict::refused_batch, 400, "") == errc::refused));
}

BOOST_AUTO_TEST_SUITE_END()
