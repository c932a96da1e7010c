#pragma once

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sandbox/service/entities.hpp"
#include "sandbox/service/refusal.hpp"

namespace sandbox::service {

struct wanted_region {
    std::string tag_id;
    box place;
};

/// Where the pictures of a batch are: beyond that, all batches have the same body.
enum class batch_source { files, urls, predictions };

struct file_entry {
    std::optional<std::string> name;  ///< or the address, or the id of the prediction
    boost::json::string contents;     ///< base64, moved out of the document; of files alone
    std::vector<std::string> tag_ids; ///< its own, then the batch's, each once
    std::vector<wanted_region> regions;
};

/// The body of CreateImagesFromFiles, -Urls or -Predictions (CONTRACT.md section 2.1).
struct file_batch {
    std::vector<file_entry> entries;
    std::optional<std::string> metadata; ///< JSON text of an object of strings
};

/// Takes a document apart and checks the limits of a batch. An id that is no GUID, or a member of
/// another type than it should be, makes the whole batch unreadable, as with the service's binder.
[[nodiscard]] result<file_batch> bind_batch(boost::json::value document, batch_source from,
                                            int minor);
[[nodiscard]] inline result<file_batch> bind_file_batch(boost::json::value document, int minor) {
    return bind_batch(std::move(document), batch_source::files, minor);
}

/// The refusal of a batch that does not bind or is empty.
[[nodiscard]] tl::unexpected<refusal> no_valid_batch(batch_source from);
[[nodiscard]] inline tl::unexpected<refusal> no_valid_files() {
    return no_valid_batch(batch_source::files);
}

/// What a region's members say; nothing where one is missing or of another type. In single
/// precision, as the service keeps them: what it shows and is sent again is the same region.
[[nodiscard]] std::optional<wanted_region> bind_region(const boost::json::value& document);

/// The text of an object of strings within the limits of metadata, or the refusal of another;
/// `unreadable` for what is no such object.
[[nodiscard]] result<std::string> bind_metadata(const boost::json::value& metadata,
                                                const tl::unexpected<refusal>& unreadable);

} // namespace sandbox::service
