#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/portal/record_codec.hpp"

namespace retraind::portal {

/// Which of the service's objects a word on the command line means. A GUID is an id first. Names
/// are compared as NFC, without white space at their ends. An error is a sentence that lists what
/// the word could have meant. Pure; what it gives is one of `from`.
[[nodiscard]] result<const record*> find_project(const std::vector<record>& from,
                                                 std::string_view word);
/// The exact name first, else the only tag that differs in case.
[[nodiscard]] result<const record*> find_tag(const std::vector<record>& from,
                                             std::string_view word);
/// By name ("Iteration 3") or publish name.
[[nodiscard]] result<const record*> find_iteration(const std::vector<record>& from,
                                                   std::string_view word);
/// A domain of that type (Classification, ObjectDetection) by name or GUID.
[[nodiscard]] result<const record*> find_domain(const std::vector<record>& from,
                                                std::string_view type, std::string_view word);

/// As a new thing may be called: NFC, trimmed. The error is a sentence: blank, or not UTF-8.
[[nodiscard]] result<std::string> new_name(std::string_view word);

/// Whether both are one name, and whether they are but for case.
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);
[[nodiscard]] bool same_but_case(std::string_view left, std::string_view right);

} // namespace retraind::portal
