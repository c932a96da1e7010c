#include "retraind/base/error.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace retraind {

std::string_view to_string(errc code) noexcept {
    switch (code) {
    case errc::cancelled:
        return "cancelled";
    case errc::timed_out:
        return "timed out";
    case errc::network:
        return "network";
    case errc::certificate:
        return "certificate";
    case errc::protocol:
        return "protocol";
    case errc::refused:
        return "refused";
    case errc::not_found:
        return "not found";
    case errc::denied:
        return "denied";
    case errc::changed:
        return "changed";
    case errc::full:
        return "full";
    case errc::io:
        return "io";
    case errc::database:
        return "database";
    case errc::invalid:
        return "invalid";
    }
    return "unknown";
}

error error::in(std::string_view where) && {
    message = fmt::format("{}: {}", where, message);
    return std::move(*this);
}

error error::in(std::string_view where) const& {
    return error(*this).in(where);
}

tl::unexpected<error> fail(errc code, std::string message) {
    return tl::unexpected<error>(error{code, std::move(message)});
}

namespace {

errc kind_of(int number) noexcept {
    switch (number) {
    case ENOENT:
    case ENOTDIR:
        return errc::not_found;
    case EACCES:
    case EPERM:
    case EROFS:
        return errc::denied;
    case ENOSPC:
    case EDQUOT:
    case EMFILE:
    case ENFILE:
        return errc::full;
    case ECANCELED:
        return errc::cancelled;
    case ETIMEDOUT:
        return errc::timed_out;
    default:
        return errc::io;
    }
}

} // namespace

error from_errno(int number, std::string_view what) {
    return {kind_of(number), fmt::format("{}: {}", what, std::generic_category().message(number))};
}

} // namespace retraind
