#include "sandbox/service/base64.hpp"

#include <openssl/evp.h>

#include <limits>

namespace sandbox::service {

namespace {

const unsigned char* as_octets(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* as_octets(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

/// Padding before the end, which OpenSSL takes for zeros.
bool has_padding_inside(std::string_view text) {
    const auto padding = text.find('=');
    return padding != std::string_view::npos && (padding + 2 < text.size() || text.back() != '=');
}

} // namespace

std::optional<std::string> decode_base64(std::string_view text) {
    if (text.empty()) {
        return std::string();
    }
    if (text.size() % 4 != 0 || text.size() > std::numeric_limits<int>::max() ||
        has_padding_inside(text)) {
        return std::nullopt;
    }
    std::string bytes(text.size() / 4 * 3, '\0');
    const int length =
        EVP_DecodeBlock(as_octets(bytes), as_octets(text), static_cast<int>(text.size()));
    // OpenSSL skips blanks around the text: then there are fewer bytes than there should be.
    if (length < 0 || static_cast<std::size_t>(length) != bytes.size()) {
        return std::nullopt;
    }
    bytes.resize(bytes.size() - (text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0));
    return bytes;
}

std::string encode_base64(std::string_view bytes) {
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int length =
        EVP_EncodeBlock(as_octets(text), as_octets(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

} // namespace sandbox::service
