#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sandbox::service::test {

struct exchange {
    std::string method;
    std::string uri;
    unsigned status = 0;
    std::string body; ///< of the response
};

/// The exchanges of a recording in test/data/sandbox_service.
[[nodiscard]] std::vector<exchange> read_recording(const std::string& file_name);

/// A body with what differs from run to run replaced by its form: ids other than those of domains,
/// times by the digits of their fraction and their Z, hosts, signatures and expiries of links.
[[nodiscard]] std::string masked(std::string_view body);

} // namespace sandbox::service::test
