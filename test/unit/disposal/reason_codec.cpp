#include "retraind/disposal/reason_codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace retraind;
using namespace retraind::disposal;

namespace {

reason_document too_big() {
    reason_document reason;
    reason.code = "ErrorImageSize";
    reason.sentence = "6,750,123 bytes; the service takes at most 6,000,000";
    reason.mend = "make it smaller, or set oversize: shrink";
    reason.project = "wildlife";
    reason.path = "cat/too-big.png";
    reason.digest = sha256{};
    reason.bytes = 6'750'123;
    reason.labels = {"cat"};
    reason.first_seen = wall_time(std::chrono::milliseconds(1'795'514'400'000));
    reason.rejected_at = wall_time(std::chrono::milliseconds(1'795'514'400'250));
    reason.attempts = 2;
    reason.service = service_words{400, "BadRequest", "too \"big\"", "r-1"};
    return reason;
}

} // namespace

BOOST_AUTO_TEST_SUITE(reason_codec)

BOOST_AUTO_TEST_CASE(it_is_written_as_others_read_it) {
    BOOST_TEST(to_json(too_big()) ==
               R"({"code":"ErrorImageSize",)"
               R"("sentence":"6,750,123 bytes; the service takes at most 6,000,000",)"
               R"("mend":"make it smaller, or set oversize: shrink",)"
               R"("project":"wildlife","path":"cat/too-big.png","sha256":")" +
                   std::string(64, '0') +
                   R"(","bytes":6750123,"labels":["cat"],)"
                   R"("first_seen":"2026-11-24T10:00:00.000Z",)"
                   R"("rejected_at":"2026-11-24T10:00:00.250Z","attempts":2,)"
                   R"("service":{"status":400,"code":"BadRequest","message":"too \"big\"",)"
                   R"("request_id":"r-1"}})"
                   "\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_null) {
    const auto document = boost::json::parse(to_json(reason_document{})).as_object();
    BOOST_TEST(document.at("sha256").is_null());
    BOOST_TEST(document.at("service").is_null());
    BOOST_TEST(document.at("labels").as_array().empty());
    BOOST_TEST(document.size() == 12U);
}

BOOST_AUTO_TEST_CASE(whatever_the_bytes_it_is_utf8) {
    reason_document reason = too_big();
    reason.path = "caf\xe9/a\n.jpg";
    reason.labels = {"caf\xe9", "e\u0301"};
    reason.service->message = "\xff";
    const auto document = boost::json::parse(to_json(reason)).as_object();
    BOOST_TEST(document.at("path").as_string() == "caf%E9/a\n.jpg");
    BOOST_TEST(document.at("labels").as_array().at(0).as_string() == "caf%E9");
    BOOST_TEST(document.at("labels").as_array().at(1).as_string() == "e\u0301");
    BOOST_TEST(document.at("service").as_object().at("message").as_string() == "%FF");
}

BOOST_AUTO_TEST_SUITE_END()
