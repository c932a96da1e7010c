#pragma once

#include <string>

#include <tl/expected.hpp>

#include "retraind/base/error.hpp"
#include "retraind/config/configuration.hpp"
#include "retraind/customvision/failure.hpp"

namespace retraind::portal {

/// How a command ends; `daemon` turns it into the exit code.
enum class ending { done, failed, wrong_usage, key_refused };

/// Why a command did not do what it should, as the one line it ends with.
struct trouble {
    ending how = ending::failed;
    std::string sentence;
};

template <class T>
using attempt = tl::expected<T, trouble>;

/// The failed call in words: the service's code, message and request id, and what mends it where
/// the configuration can. Pure; the key is in none of it.
[[nodiscard]] trouble explain(const customvision::failure& why,
                              const config::service_block& service);
[[nodiscard]] trouble trouble_of(const error& why);

/// Where the service is, as the configuration says: `https://host:port/path`.
[[nodiscard]] std::string address_of(const config::service_block& service);
/// Where the key is looked for: `/etc/retraind/training-key`, `the variable KEY`.
[[nodiscard]] std::string place_of(const config::key_location& key);

} // namespace retraind::portal
