#include "retraind/portal/view_codec.hpp"

#include "objects.hpp"

using namespace retraind::portal;
using namespace retraind::testing;

BOOST_AUTO_TEST_SUITE(view_codec)

BOOST_AUTO_TEST_CASE(a_domain_is_shown_by_its_name_and_an_unknown_one_by_its_id) {
    const auto domains = records({object(5, "Food", R"(,"type":"Classification")")});
    const auto projects =
        records({object(1, "a", R"(,"settings":{"domainId":")" + guid(5) + "\"}"),
                 object(2, "b", R"(,"settings":{"domainId":")" + guid(6) + "\"}")});
    const std::string text = projects_table(projects, domains, {});
    check_has(text, "a     Classification                  Food");
    check_has(text, guid(6));
}

BOOST_AUTO_TEST_CASE(an_iteration_has_its_scores_by_tag) {
    const auto all = records({object(1, "Iteration 1", R"(,"status":"Completed")")});
    const auto performance = parse_record(R"({"precision":1.0,"recall":0.9549,"perTagPerformance":
        [{"name":"cat","precision":1.0,"recall":1.1920929E-07}]})");
    const std::string text = iteration_view(all[0], *performance, {}, {});
    check_has(text, "precision  100.0 %\n");
    check_has(text, "recall     95.5 %\n");
    check_has(text, "cat    100.0 %   0.0 %");
    BOOST_TEST(iteration_view(all[0], {}, {}, {}).find("precision") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(tags_stand_in_the_order_of_their_names) {
    const std::string text = tags_table(records({object(1, "dog"), object(2, "cat")}), {});
    BOOST_TEST(text.find("cat") < text.find("dog"));
}

BOOST_AUTO_TEST_CASE(a_question_says_what_goes) {
    project_contents lost;
    lost.project = records({object(1, "p")})[0];
    lost.images = 1200;
    lost.tags = records({object(2, "cat", R"(,"imageCount":1)"), object(4, "none")});
    lost.iterations = records({object(3, "Iteration 1", R"(,"publishName":"live")")});
    check_has(loss_of_project(lost), "with 1,200 images, 2 tags and 1 iteration; published: ");
    check_has(loss_of_project(lost), "\"live\" (Iteration 1)");
    check_has(loss_of_tag(lost.tags[0]), "; 1 image loses it and stays in the project");
    check_has(loss_of_tag(lost.tags[1]), ", which no image has");
    check_has(loss_of_iteration(lost.iterations[0]), "trained never");
}

BOOST_AUTO_TEST_SUITE_END()
