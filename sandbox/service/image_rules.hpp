#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/entities.hpp"

/// The per-image statuses of an upload (CONTRACT.md section 3). All answers are a status of that
/// enumeration, or nothing where the image may pass.
namespace sandbox::service {

/// What a look at a picture's header tells.
struct picture_facts {
    unsigned width = 0;
    unsigned height = 0;
    std::string media_type;
};

/// Size, format and dimensions. `facts` is empty where the bytes are no picture.
[[nodiscard]] std::optional<std::string_view>
refuse_picture(std::size_t bytes, const std::optional<picture_facts>& facts, int minor);

/// The labels that an upload would give an image, and those it has.
struct label_question {
    bool is_multiclass = false;
    std::vector<std::string> wanted_types; ///< by tag; empty text: no such tag in the project
    std::vector<std::string> all_types;    ///< of the tags there would be in the end, known ones
    std::vector<box> wanted_regions;
    std::size_t present_regions = 0;
};

[[nodiscard]] std::optional<std::string_view> refuse_labels(const label_question& asked, int minor);

} // namespace sandbox::service
