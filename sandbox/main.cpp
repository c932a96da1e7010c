#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "sandbox/certificates.hpp"
#include "sandbox/data_folder.hpp"
#include "sandbox/http/server.hpp"
#include "sandbox/options.hpp"
#include "sandbox/service/service.hpp"

namespace sandbox {

namespace {

void log_line(std::string_view line) {
    fmt::print(stderr, "{}\n", line);
}

/// What a client, or a script that started this, needs to know.
std::string ready_line(const options& chosen, const data_folder& folder,
                       const std::string& endpoint,
                       const std::optional<certificate_files>& certificates) {
    boost::json::object line;
    line["endpoint"] = endpoint;
    line["ca_file"] = nullptr;
    if (certificates) {
        line["ca_file"] = certificates->ca.string();
    }
    line["training_key_file"] = folder.training_key_file().string();
    line["prediction_key_file"] = folder.prediction_key_file().string();
    line["data"] = folder.path().string();
    line["tier"] = chosen.tier;
    return boost::json::serialize(line);
}

http::server_options server_options_of(const options& chosen,
                                       const std::optional<certificate_files>& certificates) {
    http::server_options wanted;
    wanted.address = chosen.address;
    wanted.port = chosen.port;
    if (certificates) {
        wanted.tls = http::tls_files{certificates->chain, certificates->key};
    }
    wanted.log = log_line;
    return wanted;
}

void serve(const options& chosen) {
    const data_folder folder(chosen.data);
    http::gateway::keys keys{ensure_key(folder.training_key_file()),
                             ensure_key(folder.prediction_key_file())};
    std::optional<certificate_files> certificates;
    if (chosen.tls) {
        const auto now = std::chrono::system_clock::now();
        certificates = ensure_certificates(folder.path(), chosen.address, now);
    }
    http::server server(server_options_of(chosen, certificates), std::move(keys),
                        chosen.tier == "F0" ? http::tier::f0 : http::tier::s0,
                        http::fault_store(chosen.faults, log_line));
    const std::string endpoint = endpoint_of(chosen, server.port());
    service::service operations({folder.path(), chosen.tier, endpoint});
    fmt::print("{}\n", ready_line(chosen, folder, endpoint, certificates));
    std::fflush(stdout);
    server.run([&](http::request& asked,
                   const http::route& found) { return operations.handle(asked, found); },
               [&] { operations.interrupt(); });
    operations.stop();
}

} // namespace

} // namespace sandbox

int main(int argc, char** argv) {
    // Whoever reads the log may go; the service stays.
    std::signal(SIGPIPE, SIG_IGN);
    auto parsed = sandbox::parse_options(argc, argv);
    if (const auto* end = std::get_if<sandbox::early_end>(&parsed)) {
        fmt::print(end->exit_code == 0 ? stdout : stderr, "{}", end->text);
        return end->exit_code;
    }
    try {
        sandbox::serve(std::get<sandbox::options>(parsed));
    } catch (const std::exception& error) {
        fmt::print(stderr, "customvision-sandbox: {}\n", error.what());
        return 1;
    }
    return 0;
}
