#include "retraind/base/sha256.hpp"

#include <cstring>
#include <new>

#include <boost/algorithm/hex.hpp>
#include <openssl/evp.h>

#include <fmt/format.h>

namespace retraind {

std::string to_hex(const sha256& digest) {
    std::string text;
    const auto* first = reinterpret_cast<const unsigned char*>(digest.bytes.data());
    boost::algorithm::hex_lower(first, first + digest.bytes.size(), std::back_inserter(text));
    return text;
}

result<sha256> parse_sha256(std::string_view hex) {
    sha256 digest;
    if (hex.size() != 2 * digest.bytes.size()) {
        return fail(errc::invalid, fmt::format("\"{}\" is not a SHA-256 of 64 digits", hex));
    }
    try {
        boost::algorithm::unhex(hex.begin(), hex.end(),
                                reinterpret_cast<unsigned char*>(digest.bytes.data()));
    } catch (const boost::algorithm::hex_decode_error&) {
        return fail(errc::invalid, fmt::format("\"{}\" has a character that is no digit", hex));
    }
    return digest;
}

void sha256_hasher::free_context::operator()(evp_md_ctx_st* context) const noexcept {
    EVP_MD_CTX_free(context);
}

sha256_hasher::sha256_hasher() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
}

sha256_hasher::~sha256_hasher() = default;
sha256_hasher::sha256_hasher(sha256_hasher&&) noexcept = default;
sha256_hasher& sha256_hasher::operator=(sha256_hasher&&) noexcept = default;

void sha256_hasher::update(std::span<const std::byte> bytes) {
    EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

sha256 sha256_hasher::finish() {
    sha256 digest;
    EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest.bytes.data()),
                       nullptr);
    return digest;
}

} // namespace retraind

std::size_t std::hash<retraind::sha256>::operator()(const retraind::sha256& digest) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, digest.bytes.data(), sizeof value);
    return value;
}
