#include "retraind/customvision/request_codec.hpp"

#include "document_codec.hpp"
#include "request_documents.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace retraind::customvision {
namespace {

namespace json = boost::json;

void put_region(json::object& into, const region& box) {
    into.emplace("tagId", to_string(box.tag));
    into.emplace("left", box.left);
    into.emplace("top", box.top);
    into.emplace("width", box.width);
    into.emplace("height", box.height);
}

json::array document_of(const std::vector<region>& regions) {
    json::array list;
    for (const region& each : regions) {
        json::object box;
        put_region(box, each);
        list.push_back(std::move(box));
    }
    return list;
}

/// In a form a list of keys and values (see document_codec.hpp).
json::value document_of(const metadata_map& metadata, notation as) {
    json::object map;
    json::array pairs;
    for (const auto& [name, value] : metadata) {
        if (as == notation::form) {
            pairs.push_back({{"Key", name}, {"Value", value}});
        } else {
            map.emplace(name, value);
        }
    }
    if (as == notation::form) {
        return pairs;
    }
    return map;
}

} // namespace

json::array ids_of(const std::vector<tag_id>& tags) {
    json::array ids;
    for (const tag_id& each : tags) {
        ids.emplace_back(to_string(each));
    }
    return ids;
}

json::object labels_of(const std::vector<tag_id>& tags, const std::vector<tag_id>& shared,
                       const std::vector<region>& regions) {
    std::vector<tag_id> own = tags;
    std::erase_if(own, [&shared](const tag_id& tag) {
        return std::find(shared.begin(), shared.end(), tag) != shared.end();
    });
    json::object members;
    if (!own.empty()) {
        members.emplace("tagIds", ids_of(own));
    }
    if (!regions.empty()) {
        members.emplace("regions", document_of(regions));
    }
    return members;
}

json::object batch_members(const std::vector<tag_id>& shared, const metadata_map& metadata,
                           notation as) {
    json::object members;
    if (!shared.empty()) {
        members.emplace("tagIds", ids_of(shared));
    }
    if (!metadata.empty()) {
        members.emplace("metadata", document_of(metadata, as));
    }
    return members;
}

std::string encode_train_body(const std::vector<tag_id>& selected_tags, notation as) {
    json::object body;
    body.emplace("selectedTags", ids_of(selected_tags));
    return write_document("TrainingParameters", body, as);
}

std::string encode_url_batch(const url_batch& batch, notation as) {
    const std::vector<tag_id> shared = shared_tags(batch.images);
    json::array entries;
    for (const url_entry& each : batch.images) {
        json::object entry;
        entry.emplace("url", each.url);
        for (auto& member : labels_of(each.tags, shared, each.regions)) {
            entry.emplace(member.key(), std::move(member.value()));
        }
        entries.push_back(std::move(entry));
    }
    json::object body;
    body.emplace("images", std::move(entries));
    for (auto& member : batch_members(shared, batch.metadata, as)) {
        body.emplace(member.key(), std::move(member.value()));
    }
    return write_document("ImageUrlCreateBatch", body, as);
}

std::string encode_image_tags(const std::vector<image_tag>& tags, notation as) {
    json::array pairs;
    for (const image_tag& each : tags) {
        pairs.push_back({{"imageId", to_string(each.image)}, {"tagId", to_string(each.tag)}});
    }
    json::object body;
    body.emplace("tags", std::move(pairs));
    return write_document("ImageTagCreateBatch", body, as);
}

std::string encode_image_regions(const std::vector<image_region>& regions, notation as) {
    json::array entries;
    for (const image_region& each : regions) {
        json::object entry;
        entry.emplace("imageId", to_string(each.image));
        put_region(entry, each.box);
        entries.push_back(std::move(entry));
    }
    json::object body;
    body.emplace("regions", std::move(entries));
    return write_document("ImageRegionCreateBatch", body, as);
}

} // namespace retraind::customvision
