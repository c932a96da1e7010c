#include "sandbox/service/fetcher.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "sandbox/http/message.hpp"

namespace sandbox::service {

namespace {

using clock = std::chrono::steady_clock;

bool has_scheme(std::string_view address, std::string_view scheme) {
    return address.size() > scheme.size() &&
           http::equal_without_case(address.substr(0, scheme.size()), scheme);
}

/// libcurl would guess a scheme where there is none, and cut an address at a zero byte.
bool is_fetchable(std::string_view address) {
    return (has_scheme(address, "http://") || has_scheme(address, "https://")) &&
           address.find('\0') == std::string_view::npos;
}

/// Hosts that no proxy of the environment stands before.
std::string without_proxy() {
    std::string hosts = "localhost,127.0.0.1,::1";
    for (const char* name : {"no_proxy", "NO_PROXY"}) {
        if (const char* more = std::getenv(name)) {
            hosts += std::string(",") + more;
        }
    }
    return hosts;
}

/// One address on its way.
class transfer {
public:
    transfer(std::size_t place, const std::string& address, const fetch_limits& limits,
             const std::filesystem::path& own_ca)
        : place_(place), handle_(curl_easy_init()), most_(limits.bytes) {
        if (!handle_) {
            throw std::runtime_error("libcurl has no memory");
        }
        set(CURLOPT_URL, address.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
        set(CURLOPT_FOLLOWLOCATION, 1L);
        set(CURLOPT_MAXREDIRS, limits.redirects);
        set(CURLOPT_FAILONERROR, 1L);
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_NOPROXY, without_proxy().c_str());
        set(CURLOPT_USERAGENT, "customvision-sandbox");
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(limits.one.count()));
        // Debian's libcurl looks into /etc/ssl/certs whatever CAINFO says: both are trusted.
        if (std::filesystem::exists(own_ca)) {
            set(CURLOPT_CAINFO, own_ca.c_str());
        }
        set(CURLOPT_WRITEFUNCTION, &transfer::take);
        set(CURLOPT_WRITEDATA, this);
    }

    [[nodiscard]] CURL* handle() const { return handle_.get(); }

    [[nodiscard]] std::size_t place() const { return place_; }

    /// What became of it; once.
    [[nodiscard]] fetched end(CURLcode code) {
        if (code == CURLE_OK) {
            return {fetched::result::arrived, std::move(bytes_)};
        }
        return {is_too_large_ ? fetched::result::too_large : fetched::result::failed, {}};
    }

private:
    struct cleaner {
        void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
    };

    template <class Value>
    void set(CURLoption option, Value value) {
        if (const CURLcode code = curl_easy_setopt(handle_.get(), option, value);
            code != CURLE_OK) {
            throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
        }
    }

    static std::size_t take(char* bytes, std::size_t, std::size_t count, void* own) {
        transfer& self = *static_cast<transfer*>(own);
        if (count > self.most_ - self.bytes_.size()) {
            self.is_too_large_ = true;
            return 0;
        }
        self.bytes_.append(bytes, count);
        return count;
    }

    std::size_t place_;
    std::unique_ptr<CURL, cleaner> handle_;
    std::size_t most_;
    std::string bytes_;
    bool is_too_large_ = false;
};

/// The addresses of one call, some of them on their way at a time.
class round_of_transfers {
public:
    round_of_transfers(const fetch_limits& limits, const fetcher::taker& take)
        : limits_(limits),
          take_(take),
          many_(curl_multi_init()),
          deadline_(clock::now() + limits.all) {
        if (!many_) {
            throw std::runtime_error("libcurl has no memory");
        }
    }

    ~round_of_transfers() {
        for (const auto& each : underway_) {
            curl_multi_remove_handle(many_.get(), each->handle());
        }
    }
    round_of_transfers(const round_of_transfers&) = delete;
    round_of_transfers& operator=(const round_of_transfers&) = delete;

    [[nodiscard]] bool is_full() const { return underway_.size() >= limits_.at_once; }
    [[nodiscard]] bool is_empty() const { return underway_.empty(); }
    [[nodiscard]] bool is_over() const { return clock::now() >= deadline_; }

    /// Gives up what is still on its way.
    void abandon() {
        for (const auto& each : underway_) {
            take_(each->place(), {});
        }
    }

    void begin(std::unique_ptr<transfer> added) {
        curl_multi_add_handle(many_.get(), added->handle());
        underway_.push_back(std::move(added));
    }

    /// Moves what is underway on and lets go of what has ended.
    void advance() {
        constexpr int wait_ms = 100;
        int running = 0;
        curl_multi_perform(many_.get(), &running);
        if (!collect()) {
            curl_multi_poll(many_.get(), nullptr, 0, wait_ms, nullptr);
        }
    }

private:
    struct cleaner {
        void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
    };

    bool collect() {
        bool has_ended = false;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(many_.get(), &left)) {
            if (message->msg != CURLMSG_DONE) {
                continue;
            }
            const auto found =
                std::find_if(underway_.begin(), underway_.end(), [&](const auto& each) {
                    return each->handle() == message->easy_handle;
                });
            const std::unique_ptr<transfer> ended = std::move(*found);
            underway_.erase(found);
            const CURLcode code = message->data.result;
            curl_multi_remove_handle(many_.get(), ended->handle());
            take_(ended->place(), ended->end(code));
            has_ended = true;
        }
        return has_ended;
    }

    const fetch_limits& limits_;
    const fetcher::taker& take_;
    std::unique_ptr<CURLM, cleaner> many_;
    std::vector<std::unique_ptr<transfer>> underway_;
    clock::time_point deadline_;
};

} // namespace

fetcher::fetcher(std::filesystem::path own_ca) : own_ca_(std::move(own_ca)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready != CURLE_OK) {
        throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(ready));
    }
}

void fetcher::fetch(const std::vector<std::string>& addresses, const fetch_limits& limits,
                    const taker& take) const {
    round_of_transfers underway(limits, take);
    std::size_t next = 0;
    while ((next < addresses.size() || !underway.is_empty()) && !underway.is_over() && !stopped_) {
        for (; next < addresses.size() && !underway.is_full(); ++next) {
            if (is_fetchable(addresses[next])) {
                underway.begin(std::make_unique<transfer>(next, addresses[next], limits, own_ca_));
            } else {
                take(next, {});
            }
        }
        underway.advance();
    }
    underway.abandon();
    for (; next < addresses.size(); ++next) {
        take(next, {});
    }
}

std::vector<fetched> fetcher::fetch(const std::vector<std::string>& addresses,
                                    const fetch_limits& limits) const {
    std::vector<fetched> results(addresses.size());
    fetch(addresses, limits,
          [&](std::size_t place, fetched ended) { results[place] = std::move(ended); });
    return results;
}

} // namespace sandbox::service
