// Bodies whose length is known only once their pictures were read.
#include <boost/test/unit_test.hpp>

#include "tagging_fixture.hpp"

namespace retraind::testing {

using namespace pipeline;

namespace {

constexpr std::uint64_t most_bytes = 8000;

/// Requests are forms of at most 8,000 bytes.
struct form_fixture : tagging_fixture {
    form_fixture() : tagging_fixture({}, "application/x-www-form-urlencoded") {
        options.batch.max_bytes = most_bytes;
        small.emplace(state, ends, tagging, 1);
    }
    /// A picture of 1,500 bytes, all the same.
    void plan_in_form(const std::string& path, char byte) {
        small->add(start(path, std::string(1500, byte)));
    }
    void send_all() {
        run_until(small->run(), [this] { return state.slots.size() == 0; });
    }
    static std::string confirmed(const std::vector<std::string>& names) {
        std::vector<std::string> results;
        for (const std::string& name : names) {
            results.push_back(R"({"sourceUrl":")" + name + R"(","status":"OK","image":{"id":")" +
                              to_string(numbered<image_id>(5)) + R"("}})");
        }
        return R"({"images":)" + list_json(results) + "}";
    }

    std::optional<upload_loop> small;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(upload_sizes, form_fixture)

BOOST_AUTO_TEST_CASE(pictures_that_are_not_percent_encoded_share_a_form) {
    plan_in_form("a.jpg", 'a');
    plan_in_form("b.jpg", 'a');
    plan_in_form("c.jpg", 'a');
    service.expect(post, 200, confirmed({"a.jpg", "b.jpg", "c.jpg"}));
    send_all();
    check_journal({post, "ledger: record"});
    BOOST_TEST(service.bodies.at(0).size() > 6000U);
    BOOST_TEST(service.bodies.at(0).size() <= most_bytes);
}

BOOST_AUTO_TEST_CASE(what_comes_out_larger_than_planned_goes_in_smaller_forms) {
    plan_in_form("a.jpg", '\xFF'); // all slashes: three times its base64
    plan_in_form("b.jpg", 'a');
    plan_in_form("c.jpg", 'a');
    service.expect(post, 200, confirmed({"a.jpg"}));
    service.expect(post, 200, confirmed({"b.jpg", "c.jpg"}));
    send_all();
    BOOST_TEST(service.left() == 0U);
    for (const std::string& body : service.bodies) {
        BOOST_TEST(body.size() <= most_bytes);
    }
    BOOST_TEST(state.totals.confirmed == 3U);
    BOOST_TEST(events.count(event_name::batch_failed) == 0U);
    BOOST_TEST(contact.silent_for(time.at).count() == 0);
    BOOST_TEST(health.ready());
}

BOOST_AUTO_TEST_CASE(one_that_is_larger_than_any_form_goes_alone) {
    small->add(start("a.jpg", std::string(3000, '\xFF')));
    plan_in_form("b.jpg", 'a');
    service.expect(post, 200, confirmed({"a.jpg"}));
    service.expect(post, 200, confirmed({"b.jpg"}));
    send_all();
    BOOST_TEST(service.bodies.at(0).size() > most_bytes);
    BOOST_TEST(state.totals.confirmed == 2U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::testing
