#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "sandbox/http/message.hpp"
#include "sandbox/http/router.hpp"

/// The service behind the gateway: projects, tags, pictures, training and prediction.
namespace sandbox::service {

struct service_options {
    std::filesystem::path data; ///< made where it is missing; one process at a time
    std::string tier = "S0";    ///< F0 or S0, for the quotas
    std::string base_url;       ///< what image links begin with, e.g. https://127.0.0.1:8443
};

/// State is in `data` alone (service.db, images/, models/) and survives the end of the process at
/// any moment; a training that was running then is run again by the next service over that folder.
/// Where `data` holds a ca.pem, it is trusted when pictures are fetched from addresses.
class service {
public:
    /// Throws std::exception where the folder cannot be used.
    explicit service(service_options options);
    ~service();
    service(const service&) = delete;
    service& operator=(const service&) = delete;

    /// Answers a request that the gateway let through, and takes its body; any thread, several at
    /// once. Throws where disk or database fail: a 500.
    [[nodiscard]] http::response handle(http::request& request, const http::route& route);

    /// Ends what calls wait for: addresses that are being fetched count as not answering. Any
    /// thread.
    void interrupt();

    /// Ends the background work; a training in progress is left for the next start. Calls of
    /// handle() may still come and are answered.
    void stop();

private:
    struct inside;
    std::unique_ptr<inside> inside_;
};

} // namespace sandbox::service
