#include "sandbox/http/fault_store.hpp"

#include <fstream>
#include <iterator>
#include <string>

#include <fmt/core.h>
#include <sys/stat.h>

#include "sandbox/http/fault_codec.hpp"

namespace sandbox::http {

fault_store::fault_store(std::filesystem::path file, complaint complain)
    : file_(std::move(file)), complain_(std::move(complain)) {}

fault_plan& fault_store::current() {
    if (file_.empty()) {
        return plan_;
    }
    const auto now = look();
    if (!seen_ || *seen_ != now) {
        seen_ = now;
        read();
    }
    return plan_;
}

std::optional<fault_store::identity> fault_store::look() const {
    struct stat status {};
    if (::stat(file_.c_str(), &status) != 0) {
        return std::nullopt;
    }
    return identity{status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                    status.st_mtim.tv_nsec};
}

void fault_store::read() {
    plan_ = fault_plan();
    std::ifstream stream(file_, std::ios::binary);
    if (!stream) {
        complain_(
            fmt::format("{} cannot be read; there are no faults until it can", file_.string()));
        return;
    }
    const std::string text{std::istreambuf_iterator<char>(stream),
                           std::istreambuf_iterator<char>()};
    auto rules = parse_faults(text);
    if (!rules) {
        complain_(fmt::format("{} is ignored: {}", file_.string(), rules.error()));
        return;
    }
    plan_ = fault_plan(std::move(*rules));
}

} // namespace sandbox::http
