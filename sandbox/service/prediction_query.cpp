#include "sandbox/service/prediction_query.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <tuple>

#include "sandbox/http/message.hpp"
#include "sandbox/service/binding.hpp"
#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/limits.hpp"

namespace sandbox::service {

namespace {

template <class Number>
std::optional<Number> parse(std::string_view text) {
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failed == std::errc() && end == text.data() + text.size();
    return whole ? std::optional(number) : std::nullopt;
}

tl::unexpected<refusal> invalid(std::string_view name) {
    return refuse("BadRequestPredictionInvalidQueryParameters",
                  fmt::format("Invalid value for {}", name));
}

/// A text, empty where it is absent or null; nothing where it is none.
std::optional<std::string> text_of(const json::value& document, std::string_view name) {
    const json::value* found = member(document, name);
    if (found == nullptr) {
        return std::string();
    }
    const json::string* text = found->if_string();
    return text == nullptr ? std::nullopt : std::optional(std::string(*text));
}

/// A number of single precision; `otherwise` where it is absent or null, nothing where it is none.
std::optional<double> number_of(const json::value& document, std::string_view name,
                                double otherwise) {
    return member(document, name) == nullptr ? std::optional(otherwise)
                                             : bind_single(document, name);
}

std::optional<prediction_query::order> parse_order(std::string_view text) {
    using order = prediction_query::order;
    if (text.empty() || http::equal_without_case(text, "Newest")) {
        return order::newest;
    }
    if (http::equal_without_case(text, "Oldest")) {
        return order::oldest;
    }
    return http::equal_without_case(text, "Suggested") ? std::optional(order::suggested)
                                                       : std::nullopt;
}

/// False where the text is neither empty nor a mark.
bool parse_mark(std::string_view text, std::optional<prediction_query::mark>& into) {
    if (text.empty()) {
        return true;
    }
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) {
        return false;
    }
    const auto key = parse<double>(text.substr(0, slash));
    const auto seq = parse<std::int64_t>(text.substr(slash + 1));
    if (key && seq && std::isfinite(*key)) {
        into = prediction_query::mark{*key, *seq};
    }
    return into.has_value();
}

bool bind_session(const std::string& text, prediction_query& into) {
    constexpr std::string_view prefix = "1:";
    if (text.empty()) {
        return true;
    }
    const auto seq = text.starts_with(prefix)
                         ? parse<std::int64_t>(std::string_view(text).substr(prefix.size()))
                         : std::nullopt;
    into.session = seq.value_or(0);
    return seq.has_value() && *seq >= 0;
}

std::optional<prediction_query::tag_range> bind_range(const json::value& document) {
    auto id = bind_guid(document, "id");
    const auto least = number_of(document, "minThreshold", 0);
    const auto most = number_of(document, "maxThreshold", 1);
    if (!id || !least || !most) {
        return std::nullopt;
    }
    return prediction_query::tag_range{std::move(*id), *least, *most};
}

std::optional<refusal> bind_tags(const json::value& document, prediction_query& into) {
    const json::value* tags = member(document, "tags");
    if (tags == nullptr) {
        return std::nullopt;
    }
    if (!tags->is_array()) {
        return invalid("tags").value();
    }
    if (tags->get_array().size() > query_tags_max) {
        return refusal{"BadRequestPredictionTagsExceededCount", "At most 2 tags can be combined"};
    }
    for (const json::value& each : tags->get_array()) {
        auto range = bind_range(each);
        if (!range) {
            return invalid("tags").value();
        }
        into.tags.push_back(std::move(*range));
    }
    return std::nullopt;
}

std::optional<refusal> bind_count(const json::value& document, prediction_query& into) {
    const auto wanted = number_of(document, "maxCount", 0);
    if (!wanted || *wanted < 0 || *wanted != std::floor(*wanted)) {
        return invalid("maxCount").value();
    }
    if (*wanted > static_cast<double>(query_results_max)) {
        return refusal{"BadRequestPredictionResultsExceededCount",
                       "At most 256 results can be asked for"};
    }
    into.most = static_cast<std::size_t>(*wanted);
    return std::nullopt;
}

bool bind_moment(const json::value& document, std::string_view name, std::optional<ticks>& into) {
    const auto text = text_of(document, name);
    into = text ? parse_time(*text) : std::nullopt;
    return text && (text->empty() || into);
}

/// The members that are texts; the name of the first that is not what it should be.
std::optional<std::string_view> bind_texts(const json::value& document, prediction_query& into) {
    const auto session = text_of(document, "session");
    if (!session || !bind_session(*session, into)) {
        return "session";
    }
    const auto continuation = text_of(document, "continuation");
    if (!continuation || !parse_mark(*continuation, into.after)) {
        return "continuation";
    }
    const auto order = text_of(document, "orderBy");
    const auto by = order ? parse_order(*order) : std::nullopt;
    if (!by) {
        return "orderBy";
    }
    into.by = *by;
    if (!bind_moment(document, "startTime", into.start)) {
        return "startTime";
    }
    if (!bind_moment(document, "endTime", into.end)) {
        return "endTime";
    }
    auto application = text_of(document, "application");
    if (!application) {
        return "application";
    }
    into.application = std::move(*application);
    return std::nullopt;
}

/// Suggested: what the model was least sure of comes first.
double key_of(const prediction& of, prediction_query::order by) {
    switch (by) {
    case prediction_query::order::newest:
        return -static_cast<double>(of.seq);
    case prediction_query::order::oldest:
        return static_cast<double>(of.seq);
    case prediction_query::order::suggested:
        break;
    }
    return of.tags.empty() ? 0 : of.tags.front().probability;
}

bool has_tag(const prediction& of, const prediction_query::tag_range& wanted) {
    return std::any_of(of.tags.begin(), of.tags.end(), [&](const predicted_tag& each) {
        return each.tag_id == wanted.tag_id && each.probability >= wanted.least &&
               each.probability <= wanted.most;
    });
}

bool matches(const prediction& of, const prediction_query& asked) {
    return of.seq <= asked.session &&
           (!asked.iteration_id || of.iteration_id == *asked.iteration_id) &&
           (!asked.start || of.created >= *asked.start) &&
           (!asked.end || of.created <= *asked.end) &&
           (asked.application.empty() || of.application == asked.application) &&
           std::all_of(asked.tags.begin(), asked.tags.end(),
                       [&](const auto& wanted) { return has_tag(of, wanted); });
}

} // namespace

result<prediction_query> bind_prediction_query(const json::value& document) {
    if (!document.is_object()) {
        return refuse("BadRequestRequiredParamIsNull", "query is required");
    }
    prediction_query bound;
    if (const auto wrong = bind_texts(document, bound)) {
        return invalid(*wrong);
    }
    for (const auto& refused : {bind_tags(document, bound), bind_count(document, bound)}) {
        if (refused) {
            return tl::make_unexpected(*refused);
        }
    }
    if (member(document, "iterationId") != nullptr) {
        bound.iteration_id = bind_guid(document, "iterationId");
        if (!bound.iteration_id) {
            return invalid("iterationId");
        }
    }
    return bound;
}

prediction_page page_of(std::vector<prediction> all, const prediction_query& asked) {
    prediction_query query = asked;
    if (query.session == 0 && !all.empty()) {
        query.session = all.back().seq;
    }
    std::erase_if(all, [&](const prediction& each) { return !matches(each, query); });
    const auto place = [&](const prediction& each) {
        return std::tuple(key_of(each, query.by), each.seq);
    };
    std::sort(all.begin(), all.end(),
              [&](const auto& left, const auto& right) { return place(left) < place(right); });
    if (query.after) {
        const std::tuple after(query.after->key, query.after->seq);
        std::erase_if(all, [&](const prediction& each) { return place(each) <= after; });
    }
    prediction_page page{{}, query.session, std::nullopt};
    const std::size_t most = query.most == 0 ? query_results_default : query.most;
    if (all.size() > most) {
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(most), all.end());
        page.next = prediction_query::mark{key_of(all.back(), query.by), all.back().seq};
    }
    page.results = std::move(all);
    return page;
}

std::string_view order_text(prediction_query::order by) {
    switch (by) {
    case prediction_query::order::newest:
        return "Newest";
    case prediction_query::order::oldest:
        return "Oldest";
    case prediction_query::order::suggested:
        break;
    }
    return "Suggested";
}

std::string mark_text(const prediction_query::mark& mark) {
    return fmt::format("{}/{}", mark.key, mark.seq);
}

std::optional<ticks> parse_time(std::string_view text) {
    constexpr std::string_view form = "0000-00-00T00:00:00";
    if (text.ends_with('Z')) {
        text.remove_suffix(1);
    }
    if (text.size() < form.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < form.size(); ++i) {
        const bool is_digit = text[i] >= '0' && text[i] <= '9';
        if (form[i] == '0' ? !is_digit : text[i] != form[i]) {
            return std::nullopt;
        }
    }
    const auto number = [&](std::size_t at, std::size_t digits) {
        return parse<int>(text.substr(at, digits)).value_or(0);
    };
    const std::chrono::year_month_day day(std::chrono::year(number(0, 4)),
                                          std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                          std::chrono::day(static_cast<unsigned>(number(8, 2))));
    if (!day.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) {
        return std::nullopt;
    }
    ticks fraction = 0;
    if (text.size() > form.size()) {
        std::string digits(text.substr(form.size() + 1));
        if (text[form.size()] != '.' || digits.empty() || digits.size() > 7 ||
            digits.find_first_not_of("0123456789") != std::string::npos) {
            return std::nullopt;
        }
        digits.resize(7, '0');
        fraction = parse<ticks>(digits).value_or(0);
    }
    const auto days = std::chrono::sys_days(day).time_since_epoch().count();
    const ticks seconds =
        ((ticks{days} * 24 + number(11, 2)) * 60 + number(14, 2)) * 60 + number(17, 2);
    return seconds * ticks_per_second + fraction;
}

} // namespace sandbox::service
