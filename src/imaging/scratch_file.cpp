#include "retraind/imaging/scratch_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "retraind/base/text.hpp"

namespace retraind::imaging {
namespace {

/// Where the file system knows no file without a name, it has one for a moment.
int make_and_unlink(const std::string& folder) {
    std::string name = folder + "/.shrinking-XXXXXX";
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor >= 0) {
        ::unlink(name.c_str());
    }
    return descriptor;
}

int make(const std::string& folder) {
    const int descriptor =
        ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, S_IRUSR | S_IWUSR);
    const bool unknown = errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL;
    return descriptor < 0 && unknown ? make_and_unlink(folder) : descriptor;
}

} // namespace

scratch_file::scratch_file(int descriptor) noexcept : descriptor_(descriptor) {}

scratch_file::~scratch_file() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

scratch_file::scratch_file(scratch_file&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      hasher_(std::move(other.hasher_)) {}

scratch_file& scratch_file::operator=(scratch_file&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(size_, other.size_);
    std::swap(hasher_, other.hasher_);
    return *this;
}

result<scratch_file> scratch_file::create(const std::string& folder) {
    const int descriptor = make(folder);
    if (descriptor < 0) {
        return tl::unexpected(from_errno(errno, printable(folder)));
    }
    return scratch_file(descriptor);
}

result<void> scratch_file::write(std::span<const std::byte> bytes) {
    hasher_.update(bytes);
    while (!bytes.empty()) {
        const ssize_t put =
            ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(size_));
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return tl::unexpected(from_errno(errno, "a smaller picture cannot be kept"));
        }
        size_ += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return {};
}

result<std::size_t> scratch_file::read_back(std::uint64_t offset, std::span<std::byte> into) const {
    for (;;) {
        const ssize_t got =
            ::pread(descriptor_, into.data(), into.size(), static_cast<off_t>(offset));
        if (got >= 0) {
            return static_cast<std::size_t>(got);
        }
        if (errno != EINTR) {
            return tl::unexpected(from_errno(errno, "a smaller picture cannot be read back"));
        }
    }
}

result<void> scratch_file::clear() {
    if (::ftruncate(descriptor_, 0) != 0) {
        return tl::unexpected(from_errno(errno, "a smaller picture cannot be begun again"));
    }
    size_ = 0;
    hasher_ = sha256_hasher();
    return {};
}

sha256 scratch_file::finish() {
    return hasher_.finish();
}

} // namespace retraind::imaging
