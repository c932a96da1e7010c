#include "sandbox/service/upload.hpp"

#include <algorithm>
#include <map>

#include "sandbox/service/digest.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/model.hpp"

namespace sandbox::service {

namespace {

/// Stores uploads one after the other, so that the second of two equal pictures meets the first.
class storing {
public:
    storing(state& in, const project& owner, const std::optional<std::string>& metadata, int minor)
        : in_(in),
          owner_(owner),
          metadata_(metadata),
          minor_(minor),
          images_(in.images.count({owner.id})) {
        for (const tag& each : in.tags.all(owner.id)) {
            types_[each.id] = each.type;
        }
    }

    upload_result store(upload& each) {
        upload_result done{each.source_url, each.status, std::nullopt};
        if (!done.status.empty()) {
            return done;
        }
        const auto twin = in_.images.find_content(owner_.id, each.sha256);
        done.status = refuse(each, twin).value_or("");
        if (done.status.empty()) {
            done.status = twin ? "OKDuplicate" : "OK";
            const std::string id = twin ? *twin : insert(each);
            add_labels(each, id);
            done.stored = in_.images.find_one(owner_.id, id);
            if (!each.success_status.empty()) {
                done.status = each.success_status;
            }
        }
        return done;
    }

    [[nodiscard]] bool has_changed() const { return has_changed_; }

private:
    [[nodiscard]] std::optional<std::string_view>
    refuse(const upload& each, const std::optional<std::string>& twin) const {
        const image present =
            twin ? in_.images.find_one(owner_.id, *twin).value_or(image{}) : image{};
        if (const auto refused = refuse_labels(labels_of(each, present), minor_)) {
            return refused;
        }
        if (!twin && images_ >= in_.limits.images_per_project) {
            return "ErrorLimitExceed";
        }
        return std::nullopt;
    }

    [[nodiscard]] label_question labels_of(const upload& each, const image& present) const {
        label_question asked;
        asked.is_multiclass = owner_.classification == "Multiclass";
        asked.present_regions = present.regions.size();
        for (const image_tag& has : present.tags) {
            asked.all_types.push_back(type_of(has.tag_id));
        }
        for (const std::string& id : each.tag_ids) {
            asked.wanted_types.push_back(type_of(id));
            const bool is_new =
                std::none_of(present.tags.begin(), present.tags.end(),
                             [&](const image_tag& has) { return has.tag_id == id; });
            if (is_new) {
                asked.all_types.push_back(type_of(id));
            }
        }
        for (const wanted_region& wanted : each.regions) {
            asked.wanted_regions.push_back(wanted.place);
        }
        return asked;
    }

    [[nodiscard]] std::string type_of(const std::string& tag_id) const {
        const auto found = types_.find(tag_id);
        return found == types_.end() ? std::string() : found->second;
    }

    std::string insert(upload& each) {
        image made;
        made.id = new_guid();
        made.width = each.facts.width;
        made.height = each.facts.height;
        made.media_type = each.facts.media_type;
        made.metadata = metadata_;
        made.created = now();
        in_.images.insert(owner_.id, made, each.sha256);
        in_.files.keep(each.file, owner_.id, made.id);
        ++images_;
        has_changed_ = true;
        return made.id;
    }

    void add_labels(const upload& each, const std::string& image_id) {
        for (const std::string& tag_id : each.tag_ids) {
            has_changed_ |= in_.images.add_tag(image_id, tag_id, now());
        }
        for (const wanted_region& wanted : each.regions) {
            const region made{new_guid(), wanted.tag_id, {}, wanted.place, now()};
            has_changed_ |= in_.images.add_region(image_id, made);
        }
    }

    state& in_;
    const project& owner_;
    const std::optional<std::string>& metadata_;
    int minor_;
    std::size_t images_;
    std::map<std::string, std::string> types_; ///< of the project's tags, by id
    bool has_changed_ = false;
};

} // namespace

void stage(state& in, std::string_view bytes, int minor, upload& into) {
    std::optional<picture_facts> facts;
    if (bytes.size() <= training_image_bytes) {
        facts = inspect_picture(bytes);
    }
    if (const auto refused = refuse_picture(bytes.size(), facts, minor)) {
        into.status = *refused;
        return;
    }
    into.facts = std::move(*facts);
    into.sha256 = sha256(bytes);
    into.file = in.files.stage(bytes);
}

std::vector<upload_result> store_uploads(state& in, const project& owner,
                                         std::vector<upload>& uploads,
                                         const std::optional<std::string>& metadata, int minor) {
    std::vector<upload_result> results;
    transaction whole(in.db);
    storing store(in, owner, metadata, minor);
    for (upload& each : uploads) {
        results.push_back(store.store(each));
    }
    if (store.has_changed()) {
        in.projects.mark_changed(owner.id);
    }
    whole.commit();
    return results;
}

bool is_success(std::string_view status) {
    return status == "OK" || status == "OKDuplicate";
}

} // namespace sandbox::service
