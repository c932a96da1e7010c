#include "retraind/base/units.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

namespace retraind {
namespace {

struct unit {
    std::string_view name;
    std::uint64_t size;
};

constexpr std::array<unit, 5> durations{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
constexpr std::array<unit, 7> byte_units{{{"GiB", std::uint64_t{1} << 30},
                                          {"MiB", std::uint64_t{1} << 20},
                                          {"KiB", std::uint64_t{1} << 10},
                                          {"GB", 1'000'000'000},
                                          {"MB", 1'000'000},
                                          {"kB", 1'000},
                                          {"B", 1}}};

/// Splits `12.5MiB…` into its number and the letters behind it, and moves past both.
struct quantity {
    double number;
    std::string_view unit_name;
};

std::optional<quantity> take_quantity(std::string_view& text) {
    double number = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, code] =
        std::from_chars(text.data(), end, number, std::chars_format::fixed);
    if (code != std::errc() || number < 0 || !std::isfinite(number)) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(stopped - text.data()));
    std::size_t letters = 0;
    while (letters < text.size() && std::isalpha(static_cast<unsigned char>(text[letters])) != 0) {
        ++letters;
    }
    const quantity found{number, text.substr(0, letters)};
    text.remove_prefix(letters);
    return found;
}

template <std::size_t N>
std::optional<std::uint64_t> scaled(const quantity& value, const std::array<unit, N>& units) {
    for (const unit& candidate : units) {
        if (candidate.name == value.unit_name) {
            const double product = value.number * static_cast<double>(candidate.size);
            if (product >= 9.0e15) { // beyond it a double is not exact
                return std::nullopt;
            }
            return static_cast<std::uint64_t>(std::llround(product));
        }
    }
    return std::nullopt;
}

} // namespace

result<duration> parse_duration(std::string_view text) {
    const std::string whole(text);
    std::uint64_t total = 0;
    if (text == "0") {
        return duration(0);
    }
    bool good = !text.empty();
    while (good && !text.empty()) {
        const std::optional<quantity> part = take_quantity(text);
        const auto span = part ? scaled(*part, durations) : std::nullopt;
        good = span.has_value();
        total += span.value_or(0);
    }
    if (!good || total > 9'000'000'000'000'000U) {
        std::string_view rest = whole;
        const std::optional<quantity> number = take_quantity(rest);
        const std::string example = number ? fmt::format("{:g}s", number->number) : "2s";
        return fail(errc::invalid,
                    fmt::format("\"{}\" is not a duration; write {}", whole, example));
    }
    return duration(total);
}

std::string format_duration(duration span) {
    auto rest = static_cast<std::uint64_t>(span.count() < 0 ? 0 : span.count());
    std::string text;
    for (const unit& step : durations) {
        if (rest >= step.size) {
            text += fmt::format("{}{}", rest / step.size, step.name);
            rest %= step.size;
        }
    }
    return text.empty() ? "0s" : text;
}

result<std::uint64_t> parse_bytes(std::string_view text) {
    const std::string whole(text);
    std::optional<quantity> value = take_quantity(text);
    if (value && value->unit_name.empty() && value->number == std::floor(value->number)) {
        value->unit_name = "B";
    }
    const auto bytes = value && text.empty() ? scaled(*value, byte_units) : std::nullopt;
    if (!bytes) {
        return fail(errc::invalid,
                    fmt::format("\"{}\" is not a number of bytes; write 24MiB", whole));
    }
    return *bytes;
}

std::string format_count(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

std::string format_bytes(std::uint64_t bytes) {
    for (const unit& step : byte_units) {
        if (bytes >= step.size && bytes % step.size == 0 && step.size > 1) {
            return fmt::format("{}{}", bytes / step.size, step.name);
        }
    }
    return std::to_string(bytes);
}

} // namespace retraind
