#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <variant>

namespace CLI {
class App;
}

namespace sandbox {

/// The command line, judged.
struct options {
    std::filesystem::path data;
    std::string address = "127.0.0.1"; ///< an IP literal, without brackets
    std::uint16_t port = 8443;         ///< 0: a free one
    bool tls = true;
    std::string tier = "S0";      ///< or "F0"
    std::filesystem::path faults; ///< empty: none
};

/// An end before anything began: --help (0), or wrong usage (2).
struct early_end {
    int exit_code = 0;
    std::string text; ///< for stdout where the code is 0, else for stderr
};

[[nodiscard]] std::variant<options, early_end> parse_options(int argc, const char* const* argv);

/// Lets `reader` look at the parser of the command line before it parsed anything: manual page and
/// completion are made from it.
void describe_command_line(const std::function<void(const CLI::App&)>& reader);

/// "http(s)://host:port" as a client on this machine writes it; an address of all interfaces is
/// reached through loopback.
[[nodiscard]] std::string endpoint_of(const options& chosen, std::uint16_t port);

} // namespace sandbox
