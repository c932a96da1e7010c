#pragma once

#include <stdexcept>

#include <sys/resource.h>

namespace retraind::testing {

/// While it lives, this process cannot open anything more.
class no_descriptors {
public:
    no_descriptors() {
        if (::getrlimit(RLIMIT_NOFILE, &before_) != 0) {
            throw std::runtime_error("cannot read the limit of descriptors");
        }
        const rlimit none{0, before_.rlim_max};
        if (::setrlimit(RLIMIT_NOFILE, &none) != 0) {
            throw std::runtime_error("cannot set the limit of descriptors");
        }
    }
    ~no_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    no_descriptors(const no_descriptors&) = delete;
    no_descriptors& operator=(const no_descriptors&) = delete;

private:
    rlimit before_{};
};

} // namespace retraind::testing
