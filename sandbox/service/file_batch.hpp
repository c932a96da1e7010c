#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

#include "sandbox/service/entities.hpp"
#include "sandbox/service/refusal.hpp"

namespace sandbox::service {

struct wanted_region {
    std::string tag_id;
    box place;
};

struct file_entry {
    std::optional<std::string> name;
    boost::json::string contents;     ///< base64, moved out of the document
    std::vector<std::string> tag_ids; ///< its own, then the batch's, each once
    std::vector<wanted_region> regions;
};

/// The body of CreateImagesFromFiles (CONTRACT.md section 2.1).
struct file_batch {
    std::vector<file_entry> entries;
    std::optional<std::string> metadata; ///< JSON text of an object of strings
};

/// Takes a document apart and checks the limits of a batch. An id that is no GUID, or a member of
/// another type than it should be, makes the whole batch unreadable, as with the service's binder.
[[nodiscard]] result<file_batch> bind_file_batch(boost::json::value document, int minor);

/// The refusal of a batch that does not bind or is empty.
[[nodiscard]] tl::unexpected<refusal> no_valid_files();

} // namespace sandbox::service
