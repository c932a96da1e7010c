#include "retraind/base/secret.hpp"

#include <utility>

#include <openssl/crypto.h>

namespace retraind {

secret::secret(std::string value) : value_(value) {
    // The caller's string was copied, not moved: a moved-from short string keeps its bytes.
    wipe(value);
}

secret::~secret() {
    wipe(value_);
}

secret::secret(const secret& other) = default;

secret& secret::operator=(const secret& other) {
    if (this != &other) {
        wipe(value_);
        value_ = other.value_;
    }
    return *this;
}

// A short string that is moved from keeps its bytes, so it is copied and wiped.
// NOLINTNEXTLINE(performance-move-constructor-init)
secret::secret(secret&& other) noexcept : value_(other.value_) {
    wipe(other.value_);
}

secret& secret::operator=(secret&& other) noexcept {
    if (this != &other) {
        wipe(value_);
        value_ = other.value_;
        wipe(other.value_);
    }
    return *this;
}

bool secret::equals(const secret& other) const noexcept {
    return value_.size() == other.value_.size() &&
           CRYPTO_memcmp(value_.data(), other.value_.data(), value_.size()) == 0;
}

void wipe(std::string& text) noexcept {
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

} // namespace retraind
