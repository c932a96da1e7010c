#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "sandbox/http/message.hpp"

namespace sandbox::http {

/// Where a connection is cut, without a word of TLS or HTTP.
enum class cut_point {
    before_body,              ///< after the header was read
    mid_body,                 ///< after about half of the body was read
    after_body_before_answer, ///< the body was read; the operation is not performed
    after_handling,           ///< the operation was performed; its answer is not sent
};

/// Another answer, in place of the operation.
struct answer_fault {
    unsigned status = 0;
    bool early = false; ///< sent as soon as the header is read, while the body is still coming
    std::optional<std::vector<header_field>> headers; ///< nothing: those of the stock answer
    std::optional<std::string> body;                  ///< nothing: the stock answer's
    std::string content_type;                         ///< of `body`
};

struct cut_fault {
    cut_point where = cut_point::before_body;
};

struct delay_fault {
    std::chrono::milliseconds before_handling{0};
    std::chrono::milliseconds before_answer{0};
};

/// Per-image results that the service gives in place of its own.
struct image_fault {
    std::vector<std::pair<std::string, std::string>> statuses; ///< image name pattern, status
};

/// The body is read no faster than this.
struct slow_fault {
    std::uint64_t bytes_per_second = 0;
};

using fault = std::variant<answer_fault, cut_fault, delay_fault, image_fault, slow_fault>;

struct fault_rule {
    std::string operation;              ///< an operation's name, or "*" for every one
    std::uint64_t skip = 0;             ///< the first so many are let pass
    std::optional<std::uint64_t> times; ///< then so many are acted on; nothing: all
    fault action;
};

/// What a faults file says.
struct fault_rules {
    std::optional<std::uint64_t> request_bytes; ///< limit of a request body
    std::vector<fault_rule> rules;
};

/// Decides which rule acts on which request. The first rule in order that matches and is due acts,
/// alone; a rule counts the requests that reach it, so one acted on by an earlier rule does not
/// count, and one that an earlier rule lets pass does. Pure; one thread.
class fault_plan {
public:
    fault_plan() = default;
    explicit fault_plan(fault_rules rules);

    /// Counts a request of that operation and says what becomes of it; nullptr: nothing unusual.
    [[nodiscard]] std::shared_ptr<const fault> next(std::string_view operation);
    /// The limit of a request body in bytes: the file's, else 60,000,000 (CONTRACT.md fact 11).
    [[nodiscard]] std::uint64_t request_bytes() const noexcept { return request_bytes_; }

private:
    struct counted_rule {
        std::string operation;
        std::uint64_t skip;
        std::optional<std::uint64_t> times;
        std::shared_ptr<const fault> action;
    };

    static constexpr std::uint64_t default_request_bytes = 60'000'000;

    std::vector<counted_rule> rules_;
    std::uint64_t request_bytes_ = default_request_bytes;
};

} // namespace sandbox::http
