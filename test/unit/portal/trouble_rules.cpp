#include "retraind/portal/trouble_rules.hpp"

#include "objects.hpp"

using namespace retraind;
using namespace retraind::portal;
using namespace retraind::testing;
using customvision::failure;
using customvision::verdict;

namespace {

struct trouble_fixture {
    config::service_block service;
    failure why;

    trouble_fixture() {
        service.client.server = http::parse_endpoint("https://vision.example/base").value();
        service.key.file = "/etc/retraind/training-key";
        why.cause.message = "GetProjects: it went wrong";
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(trouble_rules, trouble_fixture)

BOOST_AUTO_TEST_CASE(the_request_id_travels_along) {
    why.status = 400;
    why.meaning = verdict::refused_batch;
    why.cause.code = errc::refused;
    why.request_id = "request-7";
    const trouble told = explain(why, service);
    BOOST_TEST(told.sentence == "GetProjects: it went wrong (request id request-7)");
    BOOST_TEST((told.how == ending::failed));
}

BOOST_AUTO_TEST_CASE(a_refused_key_names_where_it_is_looked_for) {
    why.meaning = verdict::unauthorised;
    why.status = 401;
    const trouble told = explain(why, service);
    BOOST_TEST((told.how == ending::key_refused));
    check_has(told.sentence, "into /etc/retraind/training-key");
    check_has(told.sentence, "https://vision.example/base");
    why.status = 403;
    check_has(explain(why, service).sentence, "may not do this");
}

BOOST_AUTO_TEST_CASE(a_path_that_leads_nowhere_is_the_endpoint_s_fault_and_a_missing_tag_is_not) {
    why.meaning = verdict::missing_project;
    why.status = 404;
    why.code = "404";
    check_has(explain(why, service).sentence, "has no Training API v3.3");
    why.code = "NotFoundTag";
    BOOST_TEST(explain(why, service).sentence == why.cause.message);
}

BOOST_AUTO_TEST_CASE(silence_is_mended_by_its_cause) {
    why.cause.code = errc::network;
    check_has(explain(why, service).sentence, "can be reached from here");
    why.cause.code = errc::protocol;
    check_has(explain(why, service).sentence, "is not Custom Vision over TLS");
    why.cause.code = errc::certificate; // has its own mend
    BOOST_TEST(explain(why, service).sentence == why.cause.message);
}

BOOST_AUTO_TEST_CASE(addresses_are_written_as_the_configuration_has_them) {
    BOOST_TEST(address_of(service) == "https://vision.example/base");
    service.client.server = http::parse_endpoint("http://[::1]:8080").value();
    BOOST_TEST(address_of(service) == "http://[::1]:8080");
    service.key = {"", "KEY"};
    BOOST_TEST(place_of(service.key) == "the variable KEY");
}

BOOST_AUTO_TEST_SUITE_END()
