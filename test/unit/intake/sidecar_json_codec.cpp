#include "retraind/intake/sidecar_json_codec.hpp"

#include "sidecar_samples.hpp"

namespace retraind::intake::testing {

BOOST_AUTO_TEST_SUITE(sidecar_json_codec)

BOOST_AUTO_TEST_CASE(reads_tags_and_regions) {
    const auto said = read_sidecar_json(
        R"({"tags":["garden"," cat ","garden"],"regions":[{"tag":"cat","left":0.1,"top":0.25,)"
        R"("width":0.5,"height":0.5}]})",
        wide);
    check_regions(said, {{"cat", 0.1, 0.25, 0.5, 0.5}});
    BOOST_TEST((said->tags == std::vector<std::string>{"cat", "garden"}));
}

BOOST_AUTO_TEST_CASE(tags_alone_say_nothing_of_regions) {
    const auto said = read_sidecar_json(R"({"tags":["cat"]})", wide);
    BOOST_TEST_REQUIRE(said.has_value());
    BOOST_TEST(!said->regions.has_value());
    check_regions(read_sidecar_json(R"({"regions":[]})", wide), {});
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named) {
    check_broken(read_sidecar_json("{\n\n\"tags\": cat}", wide), {"line 3"});
    check_broken(read_sidecar_json("{} {}", wide), {"JSON"});
    check_broken(read_sidecar_json("7", wide), {"object"});
    check_broken(read_sidecar_json(R"({"shapes":[]})", wide), {"shapes", "tags, regions"});
    check_broken(read_sidecar_json(R"({"tags":"cat"})", wide), {"tags"});
    check_broken(read_sidecar_json(R"({"tags":["a",""]})", wide), {"tags[1]", "blank"});
    check_broken(read_sidecar_json(R"({"regions":[{"tag":"a","left":0,"top":0,"width":1}]})", wide),
                 {"regions[0]", "height"});
    check_broken(read_sidecar_json(
                     R"({"regions":[{"tag":"a","left":"0","top":0,"width":1,"height":1}]})", wide),
                 {"regions[0]", "left"});
    check_broken(read_sidecar_json(
                     R"({"regions":[{"tag":"a","left":0,"top":0,"width":1,"height":-1}]})", wide),
                 {"regions[0]"});
    check_broken(read_sidecar_json(
                     R"({"regions":[{"label":"a","left":0,"top":0,"width":1,"height":1}]})", wide),
                 {"regions[0]", "label"});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace retraind::intake::testing
