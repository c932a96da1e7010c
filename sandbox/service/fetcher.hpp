#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace sandbox::service {

/// What a fetch may cost. Times are of the wall clock; an address that is still on its way when a
/// time is over has failed.
struct fetch_limits {
    std::size_t bytes = 0; ///< of one body
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds one{15'000}; ///< an address, redirects included
    std::chrono::milliseconds all{30'000}; ///< a call of fetch()
    long redirects = 5;
    std::size_t at_once = 8; ///< bodies in memory, each of `bytes` at most
};

struct fetched {
    enum class result {
        arrived,
        too_large, ///< longer than fetch_limits::bytes; what came is thrown away
        failed,    ///< no http or https address, no answer, one of 400 and above, a bad certificate
    };

    result ended = result::failed;
    std::string bytes; ///< the body; only of what has arrived
};

/// Gets pictures from http and https addresses, loopback included (libcurl). Certificates are
/// checked against the system's authorities and `own_ca`. Proxies of the environment are used, but
/// not for loopback. Any thread, several at once.
class fetcher {
public:
    /// `own_ca`: a PEM file, looked for at each call; it need not be there.
    explicit fetcher(std::filesystem::path own_ca);

    /// Takes what became of an address, by its place in the list.
    using taker = std::function<void(std::size_t, fetched)>;

    /// Blocks until every address has its end, and hands each over as it comes, so that no more
    /// than `at_once` are held. `take` is called in this thread.
    void fetch(const std::vector<std::string>& addresses, const fetch_limits& limits,
               const taker& take) const;

    /// Results in the order of the addresses, all in memory.
    [[nodiscard]] std::vector<fetched> fetch(const std::vector<std::string>& addresses,
                                             const fetch_limits& limits) const;

    /// Every fetch(), now and later, ends at once with what has arrived. Any thread.
    void stop() noexcept { stopped_ = true; }

private:
    std::filesystem::path own_ca_;
    std::atomic<bool> stopped_ = false;
};

} // namespace sandbox::service
