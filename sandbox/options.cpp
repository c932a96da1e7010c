#include "sandbox/options.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include <CLI/CLI.hpp>
#include <arpa/inet.h>
#include <fmt/format.h>

namespace sandbox {

namespace {

struct listen_address {
    std::string address;
    std::uint16_t port = 0;
};

bool is_v6(const std::string& address) {
    in6_addr parsed{};
    return ::inet_pton(AF_INET6, address.c_str(), &parsed) == 1;
}

bool is_v4(const std::string& address) {
    in_addr parsed{};
    return ::inet_pton(AF_INET, address.c_str(), &parsed) == 1;
}

std::optional<std::uint16_t> port_of(std::string_view text) {
    std::uint16_t port = 0;
    const char* const end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, port);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == end && !text.empty();
    return whole ? std::optional(port) : std::nullopt;
}

/// 127.0.0.1:8443, localhost:8443 or [::1]:8443.
std::optional<listen_address> parse_listen(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) {
        return std::nullopt;
    }
    const auto port = port_of(std::string_view(text).substr(colon + 1));
    std::string host = text.substr(0, colon);
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    host = bracketed ? host.substr(1, host.size() - 2) : host == "localhost" ? "127.0.0.1" : host;
    const bool known = bracketed ? is_v6(host) : is_v4(host);
    return port && known ? std::optional(listen_address{std::move(host), *port}) : std::nullopt;
}

/// What the options say before it is judged.
struct said_options {
    options chosen;
    std::string listen = "127.0.0.1:8443";
    bool plain = false;
};

void add_options(CLI::App& app, said_options& said) {
    app.name("customvision-sandbox");
    app.description(
        "A local Custom Vision service: keeps projects, trains on their pictures, answers "
        "predictions.\nPrints one line of JSON when it is ready; SIGTERM ends it.");
    app.add_option("--data", said.chosen.data,
                   "Folder that holds everything; made where it is missing")
        ->required()
        ->type_name("DIR");
    app.add_option("--listen", said.listen,
                   "Address and port, [::1]:8443 for IPv6; port 0: a free one")
        ->type_name("ADDRESS:PORT")
        ->capture_default_str();
    app.add_flag("--no-tls", said.plain, "Plain HTTP");
    app.add_option("--tier", said.chosen.tier, "Pricing tier, whose limits and rates are kept")
        ->check(CLI::IsMember({"F0", "S0"}))
        ->type_name("F0|S0")
        ->capture_default_str();
    app.add_option("--faults", said.chosen.faults,
                   "JSON file of faults to make; read when it changes")
        ->type_name("FILE");
}

} // namespace

std::variant<options, early_end> parse_options(int argc, const char* const* argv) {
    CLI::App app;
    said_options said;
    add_options(app, said);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return early_end{0, app.help()};
    } catch (const CLI::ParseError& error) {
        return early_end{
            2, fmt::format("customvision-sandbox: {}; --help lists the options\n", error.what())};
    }
    auto address = parse_listen(said.listen);
    if (!address) {
        return early_end{2, fmt::format("customvision-sandbox: --listen {} is no address; write "
                                        "127.0.0.1:8443 or [::1]:8443\n",
                                        said.listen)};
    }
    options chosen = std::move(said.chosen);
    chosen.address = std::move(address->address);
    chosen.port = address->port;
    chosen.tls = !said.plain;
    return chosen;
}

void describe_command_line(const std::function<void(const CLI::App&)>& reader) {
    CLI::App app;
    said_options said;
    add_options(app, said);
    reader(app);
}

std::string endpoint_of(const options& chosen, std::uint16_t port) {
    std::string host = chosen.address;
    if (host == "0.0.0.0") {
        host = "127.0.0.1";
    } else if (is_v6(host)) {
        host = host == "::" ? "[::1]" : fmt::format("[{}]", host);
    }
    return fmt::format("{}://{}:{}", chosen.tls ? "https" : "http", host, port);
}

} // namespace sandbox
