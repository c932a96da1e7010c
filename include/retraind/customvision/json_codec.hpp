#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/customvision/media_type_rules.hpp"
#include "retraind/customvision/types.hpp"

namespace retraind::customvision {

/// The service's answers, in JSON or XML, as values (CONTRACT.md sections 0, 2.1 and 3; OpenAPI
/// definitions of the same names). Read as tolerantly as real answers need: unknown members are
/// ignored, members may be absent or null unless an object is nothing without them (ids; status of
/// a result and of an iteration), enumerations are open, a number may be written 1, 1.0 or 1E0, a
/// time with or without fraction and Z. All else fails with `protocol` and a sentence that names
/// the member:
/// `[2].id: not a GUID`. Of XML both shapes are read that CONTRACT.md section 7 argues for: lists
/// repeated or wrapped, with namespaces or none. Pure.
[[nodiscard]] result<std::vector<domain>> parse_domains(std::string_view body,
                                                        notation written = notation::json);
[[nodiscard]] result<std::vector<project>> parse_projects(std::string_view body,
                                                          notation written = notation::json);
[[nodiscard]] result<project> parse_project(std::string_view body,
                                            notation written = notation::json);
[[nodiscard]] result<std::vector<tag>> parse_tags(std::string_view body,
                                                  notation written = notation::json);
[[nodiscard]] result<tag> parse_tag(std::string_view body, notation written = notation::json);
/// ImageCreateSummary: its results in the answer's order. `isBatchSuccessful` is not looked at,
/// because it is false for batches of duplicates too (fact 4).
[[nodiscard]] result<std::vector<image_result>>
parse_image_summary(std::string_view body, notation written = notation::json);
[[nodiscard]] result<std::vector<image>> parse_images(std::string_view body,
                                                      notation written = notation::json);
[[nodiscard]] result<image_tag_summary> parse_image_tag_summary(std::string_view body,
                                                                notation written = notation::json);
[[nodiscard]] result<image_region_summary>
parse_image_region_summary(std::string_view body, notation written = notation::json);
[[nodiscard]] result<std::vector<iteration>> parse_iterations(std::string_view body,
                                                              notation written = notation::json);
[[nodiscard]] result<iteration> parse_iteration(std::string_view body,
                                                notation written = notation::json);
[[nodiscard]] result<performance> parse_performance(std::string_view body,
                                                    notation written = notation::json);
/// The answer to a publish: `true`.
[[nodiscard]] result<bool> parse_boolean(std::string_view body, notation written = notation::json);
/// The answer to a count: a whole number.
[[nodiscard]] result<std::uint64_t> parse_count(std::string_view body,
                                                notation written = notation::json);

/// The words of the query parameters `classificationType`, `type` of a tag, and `trainingType`.
[[nodiscard]] std::string_view to_string(classification_type kind) noexcept;
[[nodiscard]] std::string_view to_string(tag_type type) noexcept;
[[nodiscard]] std::string_view to_string(training_type type) noexcept;

} // namespace retraind::customvision
