#include "stage.hpp"

#include <array>
#include <csignal>
#include <cstdlib>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include "retraind/http/client_transport.hpp"
#include "support/run_task.hpp"

namespace retraind::testing {
namespace {

constexpr std::chrono::seconds ready_within(60);
/// Two seconds of work, on a machine that others use as well.
constexpr std::chrono::seconds proxy_ready_within(180);
constexpr std::chrono::milliseconds look_at_service_every(300);

/// Room for the sanitizers' slowness.
constexpr std::chrono::seconds once_ends_within(300);

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

std::string last_line(std::string text) {
    while (!text.empty() && text.back() == '\n') {
        text.pop_back();
    }
    return text.substr(text.rfind('\n') + 1);
}

} // namespace

stage::stage(const std::string& faults, std::vector<std::string> sandbox_options)
    : sandbox_options_(std::move(sandbox_options)) {
    std::filesystem::create_directories(drop());
    set_faults(faults.empty() ? "{}" : faults);
    restart_sandbox();
    daemon_endpoint_ = endpoint_;
    if (const char* proxy = std::getenv("RETRAIND_TEST_CHECKING_PROXY")) {
        start_checking_proxy(proxy);
    }
    configure();
}

stage::~stage() {
    if (proxy_) {
        proxy_->signal(SIGTERM);
        const std::string seen = read_file(folder_ / "exchanges");
        BOOST_TEST(!seen.empty(), "the checking proxy saw no exchange");
        BOOST_TEST(seen.find("VIOLATION") == std::string::npos, seen + proxy_->log());
    }
}

void stage::start_checking_proxy(const std::string& command) {
    proxy_ = std::make_unique<program>(
        folder_.path(), "proxy", command,
        std::vector<std::string>{endpoint_, ca_file().string(), (folder_ / "exchanges").string()});
    const bool ready = eventually([this] { return proxy_->out().find('\n') != std::string::npos; },
                                  proxy_ready_within);
    BOOST_TEST_REQUIRE(ready, "the checking proxy is not ready: " + proxy_->log());
    daemon_endpoint_ = boost::json::parse(first_line(proxy_->out())).at("endpoint").as_string();
}

void stage::set_faults(const std::string& faults) {
    // Written aside and renamed, so that the sandbox never reads half of it.
    write_file(folder_ / "faults.new", faults);
    std::filesystem::rename(folder_ / "faults.new", folder_ / "faults.json");
}

void stage::restart_sandbox() {
    sandbox_.reset();
    const std::string name = fmt::format("sandbox-{}", ++sandbox_starts_);
    std::vector<std::string> arguments{"--data",   sandbox_data().string(),
                                       "--listen", listen_,
                                       "--faults", (folder_ / "faults.json").string()};
    arguments.insert(arguments.end(), sandbox_options_.begin(), sandbox_options_.end());
    sandbox_ = std::make_unique<program>(folder_.path(), name, CUSTOMVISION_SANDBOX, arguments);
    const bool ready = eventually(
        [this] { return sandbox_->out().find('\n') != std::string::npos; }, ready_within);
    BOOST_TEST_REQUIRE(ready, "the sandbox is not ready: " + sandbox_->log());
    const auto said = boost::json::parse(first_line(sandbox_->out()));
    endpoint_ = said.at("endpoint").as_string();
    listen_ = "127.0.0.1" + endpoint_.substr(endpoint_.rfind(':'));
}

void stage::configure(const keys& wanted) {
    const auto more = [](const std::string& text, int indent) {
        return text.empty() ? std::string() : fmt::format("{:{}}{}\n", "", indent, text);
    };
    std::string text =
        fmt::format("service:\n  endpoint: {}\n  training_key_file: {}\n"
                    "  ca_file: {}\n  requests_per_second: 50\n",
                    endpoint(), (sandbox_data() / "training-key").string(), ca_file().string());
    text += more(wanted.service, 2);
    text +=
        fmt::format("state: {}\nadmin: {{listen: \"unix:{}\"}}\nlog: {{level: debug}}\n"
                    "projects:\n- name: shapes\n  create: {{{}}}\n",
                    (folder_ / "state").string(), (folder_ / "admin.sock").string(), wanted.create);
    text += more(wanted.project, 2);
    if (wanted.project.find("batch:") == std::string::npos) {
        text += "  batch: {linger: 200ms}\n";
    }
    text += fmt::format("  watch:\n  - path: {}\n", drop().string());
    text += more(wanted.folder, 4);
    if (wanted.folder.find("settle:") == std::string::npos) {
        text += "    settle: 200ms\n    scan_every: 300ms\n";
    }
    write_file(configuration(), text);
}

std::unique_ptr<program> stage::start(const std::string& name, std::vector<std::string> more) {
    std::vector<std::string> arguments{"run", "-c", configuration().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return std::make_unique<program>(folder_.path(), name, RETRAIND, std::move(arguments));
}

stage::ended stage::run_once(const std::string& name) {
    const std::unique_ptr<program> daemon = start(name, {"--once"});
    const std::optional<int> code = daemon->wait(once_ends_within);
    BOOST_TEST_REQUIRE(code.has_value(), "run --once did not end: " + daemon->log());
    return {*code, last_line(daemon->out()), daemon->log()};
}

std::string stage::key() const {
    std::string key = read_file(sandbox_data() / "training-key");
    return key.substr(0, key.find_last_not_of(" \n") + 1);
}

std::string stage::ask(const std::string& method, const std::string& path) {
    boost::asio::io_context loop(1);
    http::client_options options;
    options.server = http::parse_endpoint(endpoint_).value();
    options.ca_file = ca_file().string();
    const auto line = http::make_transport(loop.get_executor(), options, system_clock());
    http::request asked;
    asked.method = method;
    asked.target = "/customvision/v3.3/training" + path;
    asked.fields.push_back({"Training-Key", key()});
    std::string body;
    const auto answered = [&] {
        const auto answer = run_task(loop, line->send(asked, http::phase_limits()));
        BOOST_TEST_REQUIRE(answer.has_value(), "the sandbox does not answer " + path);
        body = answer->body;
        // The test shares the key's rate with the daemon it watches.
        return answer->status != 429U;
    };
    BOOST_TEST_REQUIRE(eventually(answered, ready_within, look_at_service_every), body);
    return body;
}

boost::json::value stage::get(const std::string& path) {
    return boost::json::parse(ask("GET", path));
}

std::optional<std::string> stage::project_id() {
    if (!project_) {
        const boost::json::value projects = get("/projects");
        if (!projects.as_array().empty()) {
            project_ = std::string(projects.as_array()[0].at("id").as_string());
        }
    }
    return project_;
}

boost::json::value stage::project_get(const std::string& path) {
    const std::optional<std::string> id = project_id();
    BOOST_TEST_REQUIRE(id.has_value(), "there is no project yet");
    return get("/projects/" + *id + path);
}

void stage::project_delete(const std::string& path) {
    const std::optional<std::string> id = project_id();
    BOOST_TEST_REQUIRE(id.has_value(), "there is no project yet");
    const std::string answer = ask("DELETE", "/projects/" + *id + path);
    BOOST_TEST(answer.empty(), answer);
}

bool stage::has_images(std::uint64_t count, std::chrono::seconds limit) {
    return eventually([&] { return image_count() >= count; }, limit, look_at_service_every);
}

std::uint64_t stage::image_count() {
    const std::optional<std::string> id = project_id();
    if (!id) {
        return 0;
    }
    return static_cast<std::uint64_t>(get("/projects/" + *id + "/images/count").as_int64());
}

std::string stage::admin(const std::string& path) const {
    namespace local = boost::asio::local;
    boost::asio::io_context context;
    local::stream_protocol::socket socket(context);
    boost::system::error_code failed;
    socket.connect(local::stream_protocol::endpoint((folder_ / "admin.sock").string()), failed);
    if (failed) {
        return {};
    }
    const std::string asked = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    boost::asio::write(socket, boost::asio::buffer(asked), failed);
    std::string answer;
    boost::asio::read(socket, boost::asio::dynamic_buffer(answer), failed);
    const std::size_t head = answer.find("\r\n\r\n");
    return head == std::string::npos ? std::string() : answer.substr(head + 4);
}

} // namespace retraind::testing
