#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace retraind {

/// What kind of thing went wrong; decisions branch on this, people read `error::message`.
enum class errc {
    cancelled,   ///< the daemon is stopping, or the caller gave up
    timed_out,   ///< a deadline passed
    network,     ///< resolve, connect, reset, or a stream that ended early
    certificate, ///< the peer's certificate was refused; no byte of HTTP was sent
    protocol,    ///< the peer's bytes are not what the protocol allows, or exceed a limit
    refused,     ///< the peer understood and said no
    not_found,   ///< a file, folder or object is not there
    denied,      ///< permissions
    changed,     ///< a file is no longer the one that was looked at
    full,        ///< no space, no inodes, no descriptors
    io,          ///< any other failure of the file system
    database,    ///< the ledger failed
    invalid,     ///< a value that cannot be meant
};

[[nodiscard]] std::string_view to_string(errc code) noexcept;

/// A failure with the sentence a person reads. Layers add what they know in front with `in`.
struct error {
    errc code = errc::invalid;
    std::string message;

    /// The same error, its message prefixed by where it happened: `where: message`.
    [[nodiscard]] error in(std::string_view where) &&;
    [[nodiscard]] error in(std::string_view where) const&;
};

template <class T = void>
using result = tl::expected<T, error>;

/// `return fail(errc::invalid, "…")` from any function that returns a result.
[[nodiscard]] tl::unexpected<error> fail(errc code, std::string message);

/// The failure that an errno stands for, named by what was being done: `what: strerror`.
[[nodiscard]] error from_errno(int number, std::string_view what);

} // namespace retraind
