// Lists of addresses: dropped into a folder, and sent once by hand.
#include <boost/test/unit_test.hpp>

#include "support/pictures.hpp"
#include "support/stage.hpp"

using namespace retraind::testing;
using namespace std::chrono_literals;

namespace {

/// A web server that has the stage's pictures; Python's, on a port of its choice.
class picture_server {
public:
    explicit picture_server(const stage& world)
        : folder_(world.folder() / "web"),
          server_(world.folder(), "web-server", "/usr/bin/python3",
                  {"-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory",
                   folder_.string()}) {
        std::filesystem::create_directories(folder_);
        const bool said = eventually([this] { return !port().empty(); });
        BOOST_TEST_REQUIRE(said, server_.log());
    }

    /// A picture's address.
    std::string put(const std::string& name, std::uint32_t seed) const {
        write_file(folder_ / name, striped_picture(true, seed));
        return address(name);
    }
    [[nodiscard]] std::string address(const std::string& name) const {
        return "http://127.0.0.1:" + port() + "/" + name;
    }

private:
    [[nodiscard]] std::string port() const {
        const std::string text = server_.out();
        const std::size_t at = text.find(" port ");
        const std::size_t end = at == std::string::npos ? at : text.find(' ', at + 6);
        return end == std::string::npos ? std::string() : text.substr(at + 6, end - at - 6);
    }

    std::filesystem::path folder_;
    program server_;
};

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(url_lists)

BOOST_AUTO_TEST_CASE(a_dropped_list_ends_with_its_result_and_again_sends_nothing) {
    stage world;
    world.configure(
        {"after_upload: {move_to: " + (world.folder() / "done").string() + "}", "", ""});
    const picture_server web(world);
    const std::string list = web.put("a.bmp", 1) + "\n" + web.put("b.bmp", 2) + "\tupright\n" +
                             "ftp://127.0.0.1/c.bmp\n";
    write_file(world.drop() / "upright" / "new.urls", list);
    const stage::ended first = world.run_once("first");
    BOOST_TEST(first.code == 3, first.log);
    BOOST_TEST(first.last_line ==
               "confirmed 2, duplicate 0, held out 0, removed 0, rejected 1, held 0, waiting 0");
    BOOST_TEST(world.image_count() == 2U);
    BOOST_TEST(std::filesystem::exists(world.folder() / "done" / "upright" / "new.urls"));
    const std::string result =
        read_file(world.folder() / "done" / "upright" / "new.urls.result.csv");
    BOOST_TEST(result.starts_with("line,url,outcome,image_id,reason\r\n1," + web.address("a.bmp") +
                                  ",confirmed,"),
               result);
    BOOST_TEST(has(result, "\r\n3,ftp://127.0.0.1/c.bmp,rejected,,"), result);
    write_file(world.drop() / "upright" / "new.urls", list);
    const stage::ended second = world.run_once("second");
    BOOST_TEST(second.last_line ==
               "confirmed 0, duplicate 2, held out 0, removed 0, rejected 1, held 0, waiting 0");
    BOOST_TEST(!has(second.log, "batch_sending"));
    BOOST_TEST(
        std::filesystem::exists(world.folder() / "done" / "upright" / "new~1.urls.result.csv"));
}

BOOST_AUTO_TEST_CASE(an_address_that_cannot_be_fetched_is_rejected_within_a_minute) {
    stage world;
    const picture_server web(world);
    write_file(world.drop() / "upright" / "new.csv",
               "url,tags\n" + web.address("none.bmp") + ",\n");
    const auto begun = std::chrono::steady_clock::now();
    const stage::ended run = world.run_once();
    BOOST_TEST((std::chrono::steady_clock::now() - begun < 120s));
    BOOST_TEST(run.code == 3, run.log);
    BOOST_TEST(run.last_line ==
               "confirmed 0, duplicate 0, held out 0, removed 0, rejected 1, held 0, waiting 0");
    BOOST_TEST(has(read_file(world.drop() / "upright" / "new.csv.result.csv"), "ErrorSource: "));
}

BOOST_AUTO_TEST_CASE(one_list_is_sent_by_hand) {
    stage world;
    const picture_server web(world);
    const auto list = world.folder() / "mine.urls";
    write_file(list, web.put("a.bmp", 1) + "\tupright\n");
    const auto send = [&](const std::string& name, std::vector<std::string> words) {
        words.insert(words.begin(), {"urls", "-c", world.configuration().string()});
        auto run = std::make_unique<program>(world.folder(), name, RETRAIND, std::move(words));
        const int code = run->wait(120s).value_or(-1);
        return std::pair(code, run->out() + run->log());
    };
    const auto [code, said] = send("urls-1", {"shapes", list.string()});
    BOOST_TEST(code == 0, said);
    BOOST_TEST(has(said, "confirmed 1, duplicate 0, held out 0, removed 0, rejected 0, held 0, "
                         "waiting 0\n"),
               said);
    BOOST_TEST(has(read_file(list.string() + ".result.csv"), ",confirmed,"));
    const auto [again, said_again] = send("urls-2", {"shapes", list.string()});
    BOOST_TEST(again == 0, said_again);
    BOOST_TEST(has(said_again, "confirmed 0, duplicate 1,"), said_again);
    BOOST_TEST(send("urls-3", {"others", list.string()}).first == 2);
    BOOST_TEST(send("urls-4", {"shapes", (world.folder() / "none.urls").string()}).first == 1);
}

BOOST_AUTO_TEST_SUITE_END()
