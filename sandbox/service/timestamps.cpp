#include "sandbox/service/timestamps.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <ctime>

namespace sandbox::service {

namespace {

struct split_moment {
    std::time_t seconds = 0;
    ticks fraction = 0;
};

split_moment split(ticks moment) {
    ticks fraction = moment % ticks_per_second;
    ticks seconds = moment / ticks_per_second;
    if (fraction < 0) {
        fraction += ticks_per_second;
        --seconds;
    }
    return {static_cast<std::time_t>(seconds), fraction};
}

std::string to_seconds(std::time_t seconds) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}", fmt::gmtime(seconds));
}

} // namespace

ticks now() {
    using step = std::chrono::duration<ticks, std::ratio<1, ticks_per_second>>;
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<step>(since_epoch).count();
}

std::string milliseconds_text(ticks moment) {
    const auto [seconds, fraction] = split(moment);
    return fmt::format("{}.{:03}Z", to_seconds(seconds), fraction / (ticks_per_second / 1000));
}

std::string trimmed_text(ticks moment) {
    const auto [seconds, fraction] = split(moment);
    std::string text = fmt::format("{}.{:07}", to_seconds(seconds), fraction);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
        text.pop_back();
    }
    return text;
}

std::string seven_digit_text(ticks moment) {
    const auto [seconds, fraction] = split(moment);
    return fmt::format("{}.{:07}Z", to_seconds(seconds), fraction);
}

std::string month_text(ticks moment) {
    return fmt::format("{:%Y-%m}", fmt::gmtime(split(moment).seconds));
}

std::chrono::seconds rest_of_month(ticks moment) {
    const std::chrono::sys_seconds at(std::chrono::seconds(split(moment).seconds));
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    const auto next = day.year() / day.month() / 1 + std::chrono::months(1);
    return std::chrono::sys_days(next) - at;
}

std::string seconds_text(ticks moment) {
    return to_seconds(split(moment).seconds) + "Z";
}

} // namespace sandbox::service
