#pragma once

#include <string>

namespace retraind::testing {

/// What a server shows of itself, as PEM.
struct tls_identity {
    std::string certificate;
    std::string key;
};

} // namespace retraind::testing
