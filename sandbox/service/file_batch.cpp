#include "sandbox/service/file_batch.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

#include "sandbox/service/binding.hpp"
#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/limits.hpp"
#include "sandbox/service/utf8.hpp"
#include "sandbox/versions.hpp"

namespace sandbox::service {

namespace {

bool bind_regions(const json::value& document, std::vector<wanted_region>& into) {
    const json::value* regions = member(document, "regions");
    if (regions == nullptr) {
        return true;
    }
    if (!regions->is_array()) {
        return false;
    }
    for (const json::value& each : regions->get_array()) {
        auto bound = bind_region(each);
        if (!bound) {
            return false;
        }
        into.push_back(std::move(*bound));
    }
    return true;
}

/// What names a picture of the batch, and what is said of a batch that does not bind.
struct source_words {
    const char* member;
    const char* code;
    const char* message;
};

source_words words_of(batch_source from) {
    switch (from) {
    case batch_source::urls:
        return {"url", "BadRequestImageUrl", "No image urls provided"};
    case batch_source::predictions:
        return {"id", "BadRequestPredictionIdsMissing", "No prediction ids provided"};
    case batch_source::files:
        break;
    }
    return {"name", "BadRequestImageBatch", "No valid image files"};
}

/// Files may be without a name; an address and an id must be there.
bool bind_name(const json::value& document, batch_source from, file_entry& into) {
    if (from == batch_source::predictions) {
        into.name = bind_guid(document, words_of(from).member);
    } else if (const json::string* name = string_member(document, words_of(from).member)) {
        into.name = std::string(*name);
    }
    return into.name || from == batch_source::files;
}

std::optional<file_entry> bind_entry(json::value& document, batch_source from) {
    auto tag_ids = bind_guids(document, "tagIds");
    file_entry entry;
    if (!document.is_object() || !tag_ids || !bind_regions(document, entry.regions) ||
        !bind_name(document, from, entry)) {
        return std::nullopt;
    }
    entry.tag_ids = std::move(*tag_ids);
    json::value* contents = member(document, "contents");
    if (contents != nullptr && from == batch_source::files) {
        if (!contents->is_string()) {
            return std::nullopt;
        }
        entry.contents = std::move(contents->get_string());
    }
    return entry;
}

/// Each tag once; that of a region is a tag of the image.
void complete_tags(file_entry& entry, const std::vector<std::string>& of_batch) {
    std::vector<std::string> ids = std::move(entry.tag_ids);
    ids.insert(ids.end(), of_batch.begin(), of_batch.end());
    for (const wanted_region& each : entry.regions) {
        ids.push_back(each.tag_id);
    }
    entry.tag_ids.clear();
    for (std::string& id : ids) {
        if (std::find(entry.tag_ids.begin(), entry.tag_ids.end(), id) == entry.tag_ids.end()) {
            entry.tag_ids.push_back(std::move(id));
        }
    }
}

std::size_t distinct_tags(const file_batch& batch) {
    std::set<std::string_view> ids;
    for (const file_entry& entry : batch.entries) {
        ids.insert(entry.tag_ids.begin(), entry.tag_ids.end());
    }
    return ids.size();
}

} // namespace

tl::unexpected<refusal> no_valid_batch(batch_source from) {
    return refuse(words_of(from).code, words_of(from).message);
}

std::optional<wanted_region> bind_region(const json::value& document) {
    const auto tag_id = bind_guid(document, "tagId");
    const auto left = bind_single(document, "left");
    const auto top = bind_single(document, "top");
    const auto width = bind_single(document, "width");
    const auto height = bind_single(document, "height");
    if (!tag_id || !left || !top || !width || !height) {
        return std::nullopt;
    }
    return wanted_region{*tag_id, {*left, *top, *width, *height}};
}

result<std::string> bind_metadata(const json::value& metadata,
                                  const tl::unexpected<refusal>& unreadable) {
    if (!metadata.is_object()) {
        return unreadable;
    }
    if (metadata.get_object().size() > metadata_pairs) {
        return refuse("BadRequestImageMetadataKey", "Too many metadata pairs");
    }
    for (const auto& field : metadata.get_object()) {
        if (field.key().empty() || utf16_length(field.key()) > metadata_key_length) {
            return refuse("BadRequestImageMetadataKey", "Invalid metadata key");
        }
        if (!field.value().is_string() ||
            utf16_length(field.value().get_string()) > metadata_value_length) {
            return refuse("BadRequestImageMetadataValue", "Invalid metadata value");
        }
    }
    return json::serialize(metadata);
}

result<file_batch> bind_batch(json::value document, batch_source from, int minor) {
    json::value* images = member(document, "images");
    const auto of_batch = bind_guids(document, "tagIds");
    if (images == nullptr || !images->is_array() || images->get_array().empty() || !of_batch) {
        return no_valid_batch(from);
    }
    if (images->get_array().size() > images_per_batch) {
        return refuse("BadRequestExceededBatchSize", "Too many images in one batch");
    }
    file_batch batch;
    for (json::value& each : images->get_array()) {
        auto entry = bind_entry(each, from);
        if (!entry) {
            return no_valid_batch(from);
        }
        complete_tags(*entry, *of_batch);
        batch.entries.push_back(std::move(*entry));
    }
    if (distinct_tags(batch) > tags_per_batch) {
        return refuse("BadRequestImageTags", "Too many tags in one batch");
    }
    const json::value* given = member(document, "metadata");
    if (given != nullptr && version_of(minor).has_metadata) {
        auto metadata = bind_metadata(*given, no_valid_batch(from));
        if (!metadata) {
            return tl::make_unexpected(metadata.error());
        }
        batch.metadata = std::move(*metadata);
    }
    return batch;
}

} // namespace sandbox::service
