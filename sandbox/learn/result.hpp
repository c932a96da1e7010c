#pragma once

#include <cstddef>
#include <span>
#include <string>

#include <tl/expected.hpp>

namespace sandbox::learn {

/// A value, or a sentence (without a final stop) that says why there is none.
template <class Value>
using result = tl::expected<Value, std::string>;

/// The bytes of a file, in memory of the caller.
using bytes_view = std::span<const std::byte>;

} // namespace sandbox::learn
