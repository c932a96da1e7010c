#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/clock.hpp"
#include "retraind/base/sha256.hpp"

namespace retraind::disposal {

/// What the service said, where it was asked.
struct service_words {
    unsigned status = 0; ///< HTTP
    std::string code;
    std::string message;
    std::string request_id;
};

/// Why a picture was set aside: what `NAME.reason.json` says.
struct reason_document {
    std::string code; ///< the service's status for the image, or Empty, Truncated, Unreadable, …
    std::string sentence;
    std::string mend; ///< what a person can do
    std::string project;
    std::string path; ///< below the watched folder, raw bytes
    std::optional<sha256> digest;
    std::uint64_t bytes = 0;
    std::vector<std::string> labels;
    wall_time first_seen{};
    wall_time rejected_at{};
    unsigned attempts = 0;
    std::optional<service_words> service;
};

/// The document as it is written: one line of JSON. Members keep their names and order, `sha256`
/// and `service` are null where there is none. Bytes that are not UTF-8 become %XX.
[[nodiscard]] std::string to_json(const reason_document& reason);

} // namespace retraind::disposal
