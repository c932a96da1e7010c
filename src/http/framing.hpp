#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "retraind/base/error.hpp"
#include "retraind/http/message.hpp"

namespace retraind::http {

/// A request's head, with Host, and Content-Length where there is a body or the method means one.
/// Error: invalid, for what would break out of its line. It is the only copy of the fields' values
/// that is made.
[[nodiscard]] result<std::string> encode_head(const request& message, const std::string& host);

/// Reads one answer out of bytes as they come, through one fixed buffer. Interim answers (1xx) are
/// skipped. After an error it is of no more use.
class answer_reader {
public:
    struct limits {
        std::uint64_t head_bytes;
        std::uint64_t body_bytes;
    };

    /// `bodiless`: the answer to a HEAD.
    answer_reader(limits most, bool bodiless);
    ~answer_reader();
    answer_reader(const answer_reader&) = delete;
    answer_reader& operator=(const answer_reader&) = delete;

    /// Where the next bytes go; never empty.
    [[nodiscard]] std::span<std::byte> space() noexcept;
    /// `count` bytes have come into `space()`. Error: protocol.
    [[nodiscard]] result<void> take(std::size_t count);
    /// The peer has closed. Errors: network, when the answer is not whole; protocol.
    [[nodiscard]] result<void> end();

    /// Status and fields of the final answer are there.
    [[nodiscard]] bool head_known() const noexcept;
    [[nodiscard]] bool whole() const noexcept;
    /// Whether the first byte of the final answer is there.
    [[nodiscard]] bool begun() const noexcept;
    /// Another request may follow on the connection: both sides keep it, and nothing came after
    /// the answer.
    [[nodiscard]] bool reusable() const;
    /// The answer, once it is whole.
    [[nodiscard]] response release();

private:
    struct parsing;
    std::unique_ptr<parsing> parsing_;
};

} // namespace retraind::http
