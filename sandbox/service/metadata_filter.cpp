#include "sandbox/service/metadata_filter.hpp"

#include <algorithm>

#include "sandbox/http/message.hpp"
#include "sandbox/service/limits.hpp"

namespace sandbox::service {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view prefix = "metadata=";

/// Takes words and quoted values off the front of a filter.
class scanner {
public:
    explicit scanner(std::string_view text) : rest_(text) {}

    bool is_at_end() {
        rest_.remove_prefix(std::min(rest_.find_first_not_of(blanks), rest_.size()));
        return rest_.empty();
    }

    /// Up to a blank or a quote; empty where there is none.
    std::string_view word() {
        if (is_at_end()) {
            return {};
        }
        const auto end = std::min(rest_.find_first_of(" \t'"), rest_.size());
        const std::string_view taken = rest_.substr(0, end);
        rest_.remove_prefix(end);
        return taken;
    }

    std::optional<std::string> quoted() {
        if (is_at_end() || rest_.front() != '\'') {
            return std::nullopt;
        }
        rest_.remove_prefix(1);
        std::string value;
        for (;;) {
            const auto quote = rest_.find('\'');
            if (quote == std::string_view::npos) {
                return std::nullopt;
            }
            value += rest_.substr(0, quote);
            rest_.remove_prefix(quote + 1);
            if (!rest_.starts_with('\'')) {
                return value;
            }
            value += '\'';
            rest_.remove_prefix(1);
        }
    }

private:
    std::string_view rest_;
};

std::optional<metadata_comparison> read_comparison(scanner& from) {
    const std::string key(from.word());
    const std::string_view relation = from.word();
    const bool is_equal = http::equal_without_case(relation, "eq");
    if (key.empty() || (!is_equal && !http::equal_without_case(relation, "ne"))) {
        return std::nullopt;
    }
    auto value = from.quoted();
    return value ? std::optional(metadata_comparison{key, std::move(*value), is_equal})
                 : std::nullopt;
}

} // namespace

std::optional<metadata_filter> parse_metadata_filter(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
    if (http::equal_without_case(text.substr(0, prefix.size()), prefix)) {
        text.remove_prefix(prefix.size());
    }
    scanner from(text);
    metadata_filter filter;
    if (from.is_at_end()) {
        return filter;
    }
    filter.emplace_back();
    for (std::size_t count = 0; count < filter_comparisons; ++count) {
        auto comparison = read_comparison(from);
        if (!comparison) {
            return std::nullopt;
        }
        filter.back().push_back(std::move(*comparison));
        if (from.is_at_end()) {
            return filter;
        }
        const std::string_view connection = from.word();
        if (http::equal_without_case(connection, "or")) {
            filter.emplace_back();
        } else if (!http::equal_without_case(connection, "and")) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

} // namespace sandbox::service
