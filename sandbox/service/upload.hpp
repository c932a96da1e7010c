#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sandbox/service/file_batch.hpp"
#include "sandbox/service/image_rules.hpp"
#include "sandbox/service/picture_files.hpp"
#include "sandbox/service/state.hpp"

namespace sandbox::service {

/// One picture of an upload, whichever operation brought it, ready to be put into a project.
struct upload {
    std::string source_url;
    std::string status;         ///< empty: may pass so far
    std::string success_status; ///< what a faults file wants instead of OK; empty: nothing
    staged_picture file;
    std::string sha256;
    picture_facts facts;
    std::vector<std::string> tag_ids;
    std::vector<wanted_region> regions;
};

/// What became of it.
struct upload_result {
    std::string source_url;
    std::string status;
    std::optional<image> stored; ///< for OK and OKDuplicate
};

/// Looks at a picture's bytes and writes them to a file that has no id yet. No lock is needed.
void stage(state& in, std::string_view bytes, int minor, upload& into);

/// Puts uploads into a project, one transaction; results in the order of the uploads. With the
/// state's guard held.
[[nodiscard]] std::vector<upload_result> store_uploads(state& in, const project& owner,
                                                       std::vector<upload>& uploads,
                                                       const std::optional<std::string>& metadata,
                                                       int minor);

[[nodiscard]] bool is_success(std::string_view status);

} // namespace sandbox::service
