#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace retraind {

/// A coroutine on the loop. It starts when it is awaited or spawned, and its parameters are values
/// or references to what outlives it.
template <class T = void>
using task = boost::asio::awaitable<T>;

/// The completion token of this program: `auto [ec, n] = co_await stream.async_read_some(b,
/// use_tuple)`. No operation throws, so an error is never lost in a parallel group.
inline constexpr auto use_tuple = boost::asio::as_tuple(boost::asio::use_awaitable);

} // namespace retraind
