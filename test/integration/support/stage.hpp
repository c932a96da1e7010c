#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/value.hpp>

#include "program.hpp"

namespace retraind::testing {

/// One test's whole world: a real sandbox over TLS, a drop folder, a state folder, a configuration.
class stage {
public:
    /// `faults`: what goes into the sandbox's fault file; empty for none.
    /// `sandbox_options`: further ones of its command line, such as `--tier F0`.
    explicit stage(const std::string& faults = "", std::vector<std::string> sandbox_options = {});
    /// Fails the test where a checking proxy was between daemon and sandbox and has seen a
    /// violation of the service's OpenAPI file, or nothing at all.
    ~stage();
    stage(const stage&) = delete;
    stage& operator=(const stage&) = delete;

    /// Text of the project's and the folder's further keys, as lines of YAML flow: `batch: {…}`.
    struct keys {
        std::string folder;   ///< e.g. "after_upload: delete"
        std::string project;  ///< e.g. "retrain: {after_images: 5}"
        std::string service;  ///< e.g. "requests_in_flight: 1"
        std::string create{}; ///< e.g. "classification: Multilabel"
    };
    /// Writes the configuration anew; short settle times unless `wanted` says otherwise.
    void configure(const keys& wanted);
    void configure() { configure(keys()); }

    /// Starts the daemon; `name` tells its output files apart.
    [[nodiscard]] std::unique_ptr<program> start(const std::string& name,
                                                 std::vector<std::string> more = {});
    /// `run --once` to its end; fails the test when it does not end.
    struct ended {
        int code;
        std::string last_line;
        std::string log;
    };
    [[nodiscard]] ended run_once(const std::string& name = "once");

    /// A GET of the sandbox's Training API below the project; `path` like "/images/count".
    [[nodiscard]] boost::json::value project_get(const std::string& path);
    /// A DELETE there, as a person does it in the portal; fails the test where it is refused.
    void project_delete(const std::string& path);
    /// How many images the project has; 0 while there is no project.
    [[nodiscard]] std::uint64_t image_count();
    /// Waits until the project has at least so many.
    [[nodiscard]] bool has_images(std::uint64_t count,
                                  std::chrono::seconds limit = std::chrono::seconds(60));
    /// The admin socket's answer to `path`, body only; empty while nobody listens.
    [[nodiscard]] std::string admin(const std::string& path) const;

    void set_faults(const std::string& faults);
    void restart_sandbox();

    [[nodiscard]] std::filesystem::path drop() const { return folder_ / "drop"; }
    [[nodiscard]] std::filesystem::path configuration() const { return folder_ / "retraind.yaml"; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    /// What the daemon is told: the sandbox, or the checking proxy in front of it.
    [[nodiscard]] const std::string& endpoint() const { return daemon_endpoint_; }
    [[nodiscard]] std::string key() const;
    [[nodiscard]] std::filesystem::path ca_file() const { return sandbox_data() / "ca.pem"; }
    [[nodiscard]] std::filesystem::path sandbox_data() const { return folder_ / "sandbox"; }
    [[nodiscard]] program& sandbox() { return *sandbox_; }

private:
    void start_checking_proxy(const std::string& command);
    [[nodiscard]] std::string ask(const std::string& method, const std::string& path);
    [[nodiscard]] boost::json::value get(const std::string& path);
    [[nodiscard]] std::optional<std::string> project_id();

    test_folder folder_;
    std::unique_ptr<program> sandbox_;
    std::string endpoint_;
    std::unique_ptr<program> proxy_; ///< where RETRAIND_TEST_CHECKING_PROXY names one
    std::string daemon_endpoint_;
    std::string listen_ = "127.0.0.1:0";
    std::vector<std::string> sandbox_options_;
    int sandbox_starts_ = 0;
    std::optional<std::string> project_; ///< once the sandbox has one
};

} // namespace retraind::testing
