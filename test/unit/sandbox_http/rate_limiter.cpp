#include "sandbox/http/rate_limiter.hpp"

#include <boost/test/unit_test.hpp>

#include "sandbox/http/router.hpp"

namespace {

using namespace std::chrono_literals;
using sandbox::http::operation_class;
using sandbox::http::tier;
using limiter = sandbox::http::rate_limiter;

const limiter::time_point start{};

unsigned admitted_at(limiter& limits, operation_class limited, limiter::time_point now) {
    constexpr unsigned tries = 100;
    unsigned admitted = 0;
    for (unsigned i = 0; i < tries; ++i) {
        admitted += limits.refuse(limited, now) ? 0U : 1U;
    }
    return admitted;
}

operation_class class_named(std::string_view method, std::string_view path) {
    return sandbox::http::class_of(sandbox::http::find_route(method, path).value()).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(rate_limiter)

BOOST_AUTO_TEST_CASE(each_class_has_the_published_rate) {
    struct {
        tier level;
        operation_class limited;
        unsigned rate;
    } const rows[] = {{tier::f0, operation_class::train, 2},
                      {tier::s0, operation_class::train, 10},
                      {tier::f0, operation_class::upload, 2},
                      {tier::s0, operation_class::upload, 10},
                      {tier::f0, operation_class::other_training, 10},
                      {tier::s0, operation_class::other_training, 10},
                      {tier::f0, operation_class::prediction_with_storage, 2},
                      {tier::s0, operation_class::prediction_with_storage, 10},
                      {tier::f0, operation_class::prediction_without_storage, 2},
                      {tier::s0, operation_class::prediction_without_storage, 20}};
    for (const auto& row : rows) {
        limiter limits(row.level);
        BOOST_TEST(admitted_at(limits, row.limited, start) == row.rate);
    }
}

BOOST_AUTO_TEST_CASE(the_second_slides) {
    limiter limits(tier::f0);
    BOOST_TEST(!limits.refuse(operation_class::train, start));
    BOOST_TEST(!limits.refuse(operation_class::train, start + 600ms));
    const auto wait = limits.refuse(operation_class::train, start + 700ms);
    BOOST_TEST_REQUIRE(wait.has_value());
    BOOST_TEST((*wait == 300ms));
    BOOST_TEST(limits.refuse(operation_class::train, start + 999ms).has_value());
    BOOST_TEST(!limits.refuse(operation_class::train, start + 1000ms));
    BOOST_TEST((limits.refuse(operation_class::train, start + 1100ms).value() == 500ms));
}

BOOST_AUTO_TEST_CASE(a_refused_call_does_not_count) {
    limiter limits(tier::f0);
    BOOST_TEST(admitted_at(limits, operation_class::upload, start) == 2U);
    BOOST_TEST(admitted_at(limits, operation_class::upload, start + 999ms) == 0U);
    BOOST_TEST(admitted_at(limits, operation_class::upload, start + 1s) == 2U);
}

BOOST_AUTO_TEST_CASE(uploads_have_an_allowance_of_their_own_on_f0_only) {
    limiter free(tier::f0);
    BOOST_TEST(admitted_at(free, operation_class::upload, start) == 2U);
    BOOST_TEST(admitted_at(free, operation_class::other_training, start) == 10U);
    limiter paid(tier::s0);
    BOOST_TEST(admitted_at(paid, operation_class::upload, start) == 10U);
    BOOST_TEST(admitted_at(paid, operation_class::other_training, start) == 0U);
    BOOST_TEST(admitted_at(paid, operation_class::train, start) == 10U);
}

BOOST_AUTO_TEST_CASE(routes_have_their_class) {
    const std::string project = "/customvision/v3.3/training/projects/p";
    const std::string classify = "/customvision/v3.0/prediction/p/classify/iterations/n/image";
    BOOST_TEST((class_named("POST", project + "/train") == operation_class::train));
    BOOST_TEST((class_named("POST", project + "/images") == operation_class::upload));
    BOOST_TEST((class_named("POST", project + "/images/files") == operation_class::upload));
    BOOST_TEST((class_named("GET", project + "/images") == operation_class::other_training));
    BOOST_TEST((class_named("POST", classify) == operation_class::prediction_with_storage));
    BOOST_TEST((class_named("POST", classify + "/nostore") ==
                operation_class::prediction_without_storage));
    const auto blob = sandbox::http::find_route("GET", "/blobs/p/b").value();
    BOOST_TEST(!sandbox::http::class_of(blob).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
