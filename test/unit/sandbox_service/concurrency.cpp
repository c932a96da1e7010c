#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>
#include <vector>

#include "unit/sandbox_service/sandbox_client.hpp"

using namespace sandbox::service::test;

BOOST_AUTO_TEST_SUITE(concurrency)

BOOST_AUTO_TEST_CASE(equal_pictures_from_many_threads_become_one_image) {
    temporary_folder folder;
    client service(folder.path());
    const std::string project = service.make_project("p");
    const std::string body = files_body(
        {{"a", striped_picture(pattern::level, 1)}, {"b", striped_picture(pattern::level, 2)}});
    std::atomic<int> answered = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            const answer given = service.post("/projects/" + project + "/images/files", body);
            answered += given.status == 200 ? 1 : 0;
        });
    }
    for (std::thread& each : threads) {
        each.join();
    }
    BOOST_TEST(answered == 8);
    BOOST_TEST(service.get("/projects/" + project + "/images/count").body == "2");
}

BOOST_AUTO_TEST_CASE(calls_are_answered_while_one_trains) {
    temporary_folder folder;
    client service(folder.path());
    const auto made = service.make_trainable("p", 30);
    const std::string id = service.post("/projects/" + made.project + "/train").text("id");
    std::vector<std::thread> threads;
    std::atomic<int> answered = 0;
    for (unsigned i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            for (unsigned n = 0; n < 10; ++n) {
                const answer given = service.upload(
                    made.project, {{"n", striped_picture(pattern::slanted, 100 * i + n)}});
                answered += given.status == 200 ? 1 : 0;
            }
        });
    }
    for (std::thread& each : threads) {
        each.join();
    }
    BOOST_TEST(answered == 40);
    BOOST_TEST(service.wait_for_end(made.project, id).at("status").as_string() == "Completed");
}

BOOST_AUTO_TEST_CASE(a_project_may_go_while_it_trains) {
    temporary_folder folder;
    client service(folder.path());
    const auto made = service.make_trainable("p", 30);
    service.post("/projects/" + made.project + "/train");
    BOOST_TEST(service.call("DELETE", "/projects/" + made.project).status == 204U);
    const auto next = service.make_trainable("q");
    BOOST_TEST(service.train_to_end(next.project).at("status").as_string() == "Completed");
    BOOST_TEST(service.get("/projects").json().as_array().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
