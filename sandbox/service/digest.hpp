#pragma once

#include <string>
#include <string_view>

namespace sandbox::service {

/// SHA-256, 32 raw bytes.
[[nodiscard]] std::string sha256(std::string_view bytes);

/// HMAC-SHA256, 32 raw bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view bytes);

/// `count` bytes nobody can guess.
[[nodiscard]] std::string random_bytes(std::size_t count);

/// Equal, in a time that does not tell where the first difference is.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

} // namespace sandbox::service
