#include "sandbox/service/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace sandbox::service {

namespace {

const unsigned char* as_octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* as_octets(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

void require(bool succeeded, const char* call) {
    if (!succeeded) {
        throw std::runtime_error(std::string(call) + " failed");
    }
}

} // namespace

std::string sha256(std::string_view bytes) {
    std::string digest(32, '\0');
    const int done =
        EVP_Digest(bytes.data(), bytes.size(), as_octets(digest), nullptr, EVP_sha256(), nullptr);
    require(done == 1, "EVP_Digest");
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    std::string digest(32, '\0');
    const auto* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            as_octets(bytes), bytes.size(), as_octets(digest), nullptr);
    require(done != nullptr, "HMAC");
    return digest;
}

std::string random_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    require(RAND_bytes(as_octets(bytes), static_cast<int>(count)) == 1, "RAND_bytes");
    return bytes;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

} // namespace sandbox::service
