#include "http/unix_listener.hpp"

#include <cerrno>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace retraind::http {
namespace {

using boost::asio::local::stream_protocol;

/// Whether a peer answers at the socket file, so that it may not be taken away.
result<bool> is_served(const boost::asio::any_io_executor& loop, const std::string& path) {
    stream_protocol::socket probe(loop);
    boost::system::error_code ec;
    probe.open(stream_protocol(), ec);
    if (!ec) {
        probe.native_non_blocking(true, ec);
    }
    if (ec) {
        return tl::unexpected(from_errno(ec.value(), path));
    }
    // Not through Asio, which would wait for a place in a living listener's full queue.
    const stream_protocol::endpoint there(path);
    if (::connect(probe.native_handle(), there.data(), static_cast<socklen_t>(there.size())) == 0 ||
        errno == EAGAIN) {
        return true;
    }
    if (errno == ECONNREFUSED) {
        return false;
    }
    return tl::unexpected(from_errno(errno, path));
}

/// Takes away a socket file that its process left behind.
result<void> clear_way(const boost::asio::any_io_executor& loop, const std::string& path) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) {
        if (errno == ENOENT) {
            return {};
        }
        return tl::unexpected(from_errno(errno, path));
    }
    if (!S_ISSOCK(found.st_mode)) {
        return fail(errc::invalid, path + ": something that is no socket stands there");
    }
    const auto served = is_served(loop, path);
    if (!served) {
        return tl::unexpected(served.error());
    }
    if (*served) {
        return fail(errc::refused, path + ": another process listens there");
    }
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        return tl::unexpected(from_errno(errno, path));
    }
    return {};
}

/// Nobody can connect between `bind` and `listen`, so the mode is right from the first on.
boost::system::error_code bind_and_listen(stream_protocol::acceptor& acceptor,
                                          const std::string& path) {
    boost::system::error_code ec;
    acceptor.open(stream_protocol(), ec);
    if (!ec) {
        acceptor.bind(stream_protocol::endpoint(path), ec);
    }
    constexpr mode_t owner_and_group = 0660;
    if (!ec && ::chmod(path.c_str(), owner_and_group) != 0) {
        ec.assign(errno, boost::system::system_category());
    }
    if (!ec) {
        acceptor.listen(boost::asio::socket_base::max_listen_connections, ec);
    }
    return ec;
}

} // namespace

unix_listener::unix_listener(stream_protocol::acceptor acceptor, std::string path)
    : acceptor_(std::move(acceptor)), path_(std::move(path)) {
    struct stat made {};
    if (::lstat(path_.c_str(), &made) == 0) {
        device_ = made.st_dev;
        inode_ = made.st_ino;
    }
}

unix_listener::unix_listener(unix_listener&& other) noexcept
    : acceptor_(std::move(other.acceptor_)),
      path_(std::exchange(other.path_, {})),
      device_(other.device_),
      inode_(other.inode_) {}

unix_listener::~unix_listener() {
    struct stat found {};
    const bool ours = !path_.empty() && ::lstat(path_.c_str(), &found) == 0 &&
                      found.st_dev == device_ && found.st_ino == inode_;
    if (ours) {
        ::unlink(path_.c_str());
    }
}

result<unix_listener> unix_listener::open(const boost::asio::any_io_executor& loop,
                                          std::string path) {
    constexpr std::size_t longest = sizeof(sockaddr_un::sun_path) - 1;
    if (path.empty() || path.size() > longest) {
        return fail(errc::invalid,
                    fmt::format("{}: a socket's path has 1 to {} bytes", path, longest));
    }
    if (auto clear = clear_way(loop, path); !clear) {
        return tl::unexpected(std::move(clear.error()));
    }
    stream_protocol::acceptor acceptor(loop);
    if (const auto ec = bind_and_listen(acceptor, path)) {
        return tl::unexpected(from_errno(ec.value(), path));
    }
    return unix_listener(std::move(acceptor), std::move(path));
}

} // namespace retraind::http
