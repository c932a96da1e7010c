#include "sandbox/service/scores_codec.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <boost/json/value_to.hpp>

#include <cstring>

namespace sandbox::service {

namespace json = boost::json;

std::string encode_features(const feature_vector& features) {
    const auto* bytes = reinterpret_cast<const char*>(features.data());
    return {bytes, features.size() * sizeof(float)};
}

feature_vector decode_features(std::string_view bytes) {
    feature_vector features(bytes.size() / sizeof(float));
    std::memcpy(features.data(), bytes.data(), features.size() * sizeof(float));
    return features;
}

std::string encode_scores(const std::vector<held_out_scores>& scores) {
    json::array all;
    for (const held_out_scores& each : scores) {
        json::array row;
        row.push_back(json::value_from(each.labels));
        row.push_back(json::value_from(each.probabilities));
        all.emplace_back(std::move(row));
    }
    return json::serialize(all);
}

std::vector<held_out_scores> decode_scores(std::string_view text) {
    std::vector<held_out_scores> scores;
    const json::value document = json::parse(text);
    for (const json::value& row : document.as_array()) {
        scores.push_back({json::value_to<std::vector<std::size_t>>(row.at(0)),
                          json::value_to<std::vector<double>>(row.at(1))});
    }
    return scores;
}

} // namespace sandbox::service
