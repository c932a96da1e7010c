#include "retraind/base/clock.hpp"

#include <charconv>

#include <fmt/format.h>

namespace retraind {
namespace {

class machine_clock final : public clock {
public:
    mono_time now() const noexcept override { return std::chrono::steady_clock::now(); }
    wall_time wall() const noexcept override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

/// Reads exactly `digits` digits and moves past them.
bool take_number(std::string_view& text, std::size_t digits, int& value) {
    if (text.size() < digits) {
        return false;
    }
    const char* end = text.data() + digits;
    const auto [stopped, code] = std::from_chars(text.data(), end, value);
    if (code != std::errc() || stopped != end || value < 0) {
        return false;
    }
    text.remove_prefix(digits);
    return true;
}

bool take(std::string_view& text, char expected) {
    if (text.empty() || text.front() != expected) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

/// The fraction of a second in milliseconds; -1 where it is not one.
int take_fraction(std::string_view& text) {
    int milliseconds = 0;
    int scale = 100;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        milliseconds += (text.front() - '0') * scale;
        scale /= 10;
        ++digits;
        text.remove_prefix(1);
    }
    return digits >= 1 && digits <= 7 ? milliseconds : -1;
}

} // namespace

const clock& system_clock() noexcept {
    static const machine_clock instance;
    return instance;
}

std::string format_utc(wall_time at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count(),
                       time.subseconds().count());
}

result<wall_time> parse_utc(std::string_view text) {
    const std::string whole(text);
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int fraction = 0;
    bool good = take_number(text, 4, year) && take(text, '-') && take_number(text, 2, month) &&
                take(text, '-') && take_number(text, 2, day) && take(text, 'T') &&
                take_number(text, 2, hour) && take(text, ':') && take_number(text, 2, minute) &&
                take(text, ':') && take_number(text, 2, second);
    if (good && take(text, '.')) {
        fraction = take_fraction(text);
        good = fraction >= 0;
    }
    if (good) {
        take(text, 'Z');
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!good || !text.empty() || !date.ok() || hour > 23 || minute > 59 || second > 60) {
        return fail(errc::invalid, fmt::format("\"{}\" is not a time of the service", whole));
    }
    return wall_time(std::chrono::sys_days(date).time_since_epoch() + std::chrono::hours(hour) +
                     std::chrono::minutes(minute) + std::chrono::seconds(second) +
                     std::chrono::milliseconds(fraction));
}

} // namespace retraind
