#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/model.hpp"

/// Numbers as they are kept in the database, in this machine's byte order.
namespace sandbox::service {

[[nodiscard]] std::string encode_features(const feature_vector& features);
[[nodiscard]] feature_vector decode_features(std::string_view bytes);

/// JSON text: [[labels...],[probabilities...]] a picture.
[[nodiscard]] std::string encode_scores(const std::vector<held_out_scores>& scores);
/// Throws where the text is not such.
[[nodiscard]] std::vector<held_out_scores> decode_scores(std::string_view text);

} // namespace sandbox::service
