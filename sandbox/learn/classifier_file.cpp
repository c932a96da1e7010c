#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "sandbox/learn/classifier.hpp"

namespace sandbox::learn {

namespace {

constexpr std::string_view signature = "sandbox classifier 1\n";

/// Follows the signature, in this machine's byte order; the weights follow it.
struct file_header {
    std::uint32_t is_multiclass = 0;
    std::uint32_t labels = 0;
    std::uint32_t features = 0;
};

class descriptor {
public:
    explicit descriptor(int number) : number_(number) {}
    ~descriptor() { static_cast<void>(finish()); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    [[nodiscard]] int get() const noexcept { return number_; }

    /// Closes early, for a file system that tells of a failure only then.
    bool finish() noexcept {
        const int number = std::exchange(number_, -1);
        return number < 0 || ::close(number) == 0;
    }

private:
    int number_;
};

tl::unexpected<std::string> failure(const std::filesystem::path& file, std::string_view what) {
    return tl::unexpected(
        fmt::format("{} cannot be {}: {}", file.string(), what, std::strerror(errno)));
}

bool write_all(int file, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno != EINTR) {
            return false;
        }
        content.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    return ::fsync(file) == 0;
}

bool write_durably(const std::filesystem::path& file, std::string_view content) {
    descriptor opened(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    return opened.get() >= 0 && write_all(opened.get(), content) && opened.finish();
}

bool flush_folder_of(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.get() >= 0 && ::fsync(opened.get()) == 0;
}

} // namespace

result<void> classifier::save(const std::filesystem::path& file) const {
    const file_header header{
        .is_multiclass = rule_ == label_rule::multiclass ? 1U : 0U,
        .labels = static_cast<std::uint32_t>(labels_),
        .features = static_cast<std::uint32_t>(features_),
    };
    std::string content(signature);
    content.append(reinterpret_cast<const char*>(&header), sizeof header);
    content.append(reinterpret_cast<const char*>(weights_.data()), weights_.size() * sizeof(float));
    const std::filesystem::path fresh = file.string() + ".new";
    const bool is_written =
        write_durably(fresh, content) && ::rename(fresh.c_str(), file.c_str()) == 0;
    if (!is_written) {
        auto why = failure(file, "written");
        ::unlink(fresh.c_str());
        return why;
    }
    if (!flush_folder_of(file)) {
        return failure(file, "made durable");
    }
    return {};
}

result<classifier> classifier::load(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        return failure(file, "opened");
    }
    const std::string content{std::istreambuf_iterator<char>(stream),
                              std::istreambuf_iterator<char>()};
    const auto refuse = [&file](std::string_view why) {
        return tl::unexpected(fmt::format("{} {}", file.string(), why));
    };
    file_header header;
    if (!content.starts_with(signature) || content.size() < signature.size() + sizeof header) {
        return refuse("is no classifier");
    }
    std::memcpy(&header, content.data() + signature.size(), sizeof header);
    const std::string_view rest =
        std::string_view(content).substr(signature.size() + sizeof header);
    const std::size_t count = std::size_t{header.labels} * (std::size_t{header.features} + 1);
    if (header.labels == 0 || rest.size() % sizeof(float) != 0 ||
        rest.size() / sizeof(float) != count) {
        return refuse("is a damaged classifier");
    }
    classifier made(header.is_multiclass != 0 ? label_rule::multiclass : label_rule::multilabel,
                    header.labels, header.features);
    made.weights_.resize(count);
    std::memcpy(made.weights_.data(), rest.data(), rest.size());
    return made;
}

} // namespace sandbox::learn
