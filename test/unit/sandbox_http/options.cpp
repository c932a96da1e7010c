#include "sandbox/options.hpp"

#include <initializer_list>
#include <vector>

#include <boost/test/unit_test.hpp>

namespace {

using outcome = std::variant<sandbox::options, sandbox::early_end>;

outcome parse(std::initializer_list<const char*> arguments) {
    std::vector<const char*> all{"customvision-sandbox"};
    all.insert(all.end(), arguments);
    return sandbox::parse_options(static_cast<int>(all.size()), all.data());
}

} // namespace

BOOST_AUTO_TEST_SUITE(options)

BOOST_AUTO_TEST_CASE(data_alone_is_enough) {
    const auto chosen = std::get<sandbox::options>(parse({"--data", "d"}));
    BOOST_TEST(chosen.data == "d");
    BOOST_TEST(chosen.address == "127.0.0.1");
    BOOST_TEST(chosen.port == 8443);
    BOOST_TEST(chosen.tls);
    BOOST_TEST(chosen.tier == "S0");
    BOOST_TEST(chosen.faults.empty());
}

BOOST_AUTO_TEST_CASE(everything_can_be_said) {
    const auto chosen = std::get<sandbox::options>(parse(
        {"--no-tls", "--tier", "F0", "--faults", "f.json", "--listen", "[::1]:0", "--data", "d"}));
    BOOST_TEST(!chosen.tls);
    BOOST_TEST(chosen.tier == "F0");
    BOOST_TEST(chosen.faults == "f.json");
    BOOST_TEST(chosen.address == "::1");
    BOOST_TEST(chosen.port == 0);
}

BOOST_AUTO_TEST_CASE(listen_addresses) {
    const auto address = [](const char* listen) {
        return std::get<sandbox::options>(parse({"--data", "d", "--listen", listen})).address;
    };
    BOOST_TEST(address("localhost:1") == "127.0.0.1");
    BOOST_TEST(address("0.0.0.0:65535") == "0.0.0.0");
    BOOST_TEST(address("[::]:1") == "::");
}

BOOST_AUTO_TEST_CASE(wrong_usage_ends_with_2_and_a_sentence) {
    const std::initializer_list<std::initializer_list<const char*>> rows = {
        {},
        {"--data"},
        {"--data", "d", "--tier", "X1"},
        {"--data", "d", "--what"},
        {"--data", "d", "extra"},
        {"--data", "d", "--listen", "127.0.0.1"},
        {"--data", "d", "--listen", "127.0.0.1:"},
        {"--data", "d", "--listen", "127.0.0.1:65536"},
        {"--data", "d", "--listen", "127.0.0.1:-1"},
        {"--data", "d", "--listen", "127.0.0.1:1x"},
        {"--data", "d", "--listen", "::1:8443"},
        {"--data", "d", "--listen", "[127.0.0.1]:1"},
        {"--data", "d", "--listen", "example.org:1"},
        {"--data", "d", "--listen", ":1"}};
    for (const auto& arguments : rows) {
        const auto parsed = parse(arguments);
        const auto* end = std::get_if<sandbox::early_end>(&parsed);
        BOOST_TEST_REQUIRE(end != nullptr);
        BOOST_TEST(end->exit_code == 2);
        BOOST_TEST(end->text.starts_with("customvision-sandbox: "));
    }
}

BOOST_AUTO_TEST_CASE(help_ends_with_0) {
    const auto end = std::get<sandbox::early_end>(parse({"--help"}));
    BOOST_TEST(end.exit_code == 0);
    for (const char* option : {"--data", "--listen", "--no-tls", "--tier", "--faults"}) {
        BOOST_TEST(end.text.find(option) != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(endpoints) {
    const auto endpoint = [](std::string address, bool tls) {
        sandbox::options chosen;
        chosen.address = std::move(address);
        chosen.tls = tls;
        return sandbox::endpoint_of(chosen, 99);
    };
    BOOST_TEST(endpoint("127.0.0.1", true) == "https://127.0.0.1:99");
    BOOST_TEST(endpoint("0.0.0.0", false) == "http://127.0.0.1:99");
    BOOST_TEST(endpoint("::", true) == "https://[::1]:99");
    BOOST_TEST(endpoint("::1", true) == "https://[::1]:99");
}

BOOST_AUTO_TEST_SUITE_END()
