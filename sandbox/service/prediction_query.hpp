#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/prediction_store.hpp"
#include "sandbox/service/refusal.hpp"

namespace sandbox::service {

/// The PredictionQueryToken of the OpenAPI files.
struct prediction_query {
    enum class order { newest, oldest, suggested };
    struct tag_range {
        std::string tag_id;
        double least = 0;
        double most = 1;
    };
    /// Where a page ended: what follows it comes later in the order.
    struct mark {
        double key = 0;
        std::int64_t seq = 0;
    };

    std::int64_t session = 0; ///< the newest prediction that there was at the first page; 0: none
    std::optional<mark> after;
    std::size_t most = 0; ///< 0: query_results_default
    order by = order::newest;
    std::vector<tag_range> tags; ///< all of them hold
    std::optional<std::string> iteration_id;
    std::optional<ticks> start;
    std::optional<ticks> end;
    std::string application; ///< empty: any
};

/// BadRequestPrediction* for more than 2 tags or 256 results, and for a member that is not what it
/// should be: nothing of a query is passed over.
[[nodiscard]] result<prediction_query> bind_prediction_query(const boost::json::value& document);

struct prediction_page {
    std::vector<prediction> results;
    std::int64_t session = 0;
    std::optional<prediction_query::mark> next; ///< nothing after the last page
};

/// Predictions that were made or deleted between pages change nothing about the others' pages.
[[nodiscard]] prediction_page page_of(std::vector<prediction> all, const prediction_query& asked);

/// The value of `orderBy`.
[[nodiscard]] std::string_view order_text(prediction_query::order by);

/// The text of `continuation`.
[[nodiscard]] std::string mark_text(const prediction_query::mark& mark);

/// `2020-11-06T17:40:44.883Z` with 0 to 7 digits of a fraction, Z or not: UTC.
[[nodiscard]] std::optional<ticks> parse_time(std::string_view text);

} // namespace sandbox::service
