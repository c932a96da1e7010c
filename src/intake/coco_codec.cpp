#include "retraind/intake/coco_codec.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "sidecar_json.hpp"
#include "tag_name.hpp"

namespace retraind::intake {

namespace json = boost::json;

namespace {

/// Ids are numbers or texts; both are only ever compared.
std::string id_of(const json::object& from, std::string_view name) {
    const json::value* member = from.if_contains({name.data(), name.size()});
    const bool good = member != nullptr && (member->is_number() || member->is_string());
    return good ? json::serialize(*member) : std::string();
}

/// Tools write `./a.jpg`, and those of Windows `cats\a.jpg`.
std::string picture_path(std::string_view file_name) {
    while (file_name.starts_with("./")) {
        file_name.remove_prefix(2);
    }
    std::string path(file_name);
    if (path.find('/') == std::string::npos) {
        std::replace(path.begin(), path.end(), '\\', '/');
    }
    return path;
}

} // namespace

/// One pass over a document.
class coco_index::reader {
public:
    explicit reader(const json::object& document) : document_(document) {}

    result<coco_index> read() {
        using member_reader = result<void> (reader::*)(const json::object&, std::size_t);
        constexpr std::array<std::pair<std::string_view, member_reader>, 3> members{
            {{"categories", &reader::read_category},
             {"images", &reader::read_image},
             {"annotations", &reader::read_annotation}}};
        for (const auto& [name, take] : members) {
            const json::value* list = document_.if_contains({name.data(), name.size()});
            if (list == nullptr || !list->is_array()) {
                return fail(errc::invalid, fmt::format("has no list {}; it is no COCO", name));
            }
            std::size_t number = 0;
            for (const json::value& each : list->get_array()) {
                if (!each.is_object()) {
                    return fail(errc::invalid, fmt::format("{}[{}] is no object", name, number));
                }
                if (result<void> taken = (this->*take)(each.get_object(), number); !taken) {
                    return tl::unexpected(taken.error().in(fmt::format("{}[{}]", name, number)));
                }
                ++number;
            }
        }
        return std::move(index_);
    }

private:
    result<void> read_category(const json::object& from, std::size_t number) {
        const result<std::string_view> text = json_text(from, "name");
        if (!text) {
            return tl::unexpected(text.error());
        }
        auto name = tag_name(*text);
        if (!name) {
            return fail(errc::invalid, "name " + name.error());
        }
        const std::string id = id_of(from, "id");
        if (id.empty() || !categories_.emplace(id, number).second) {
            return fail(errc::invalid, "has no id of its own");
        }
        index_.names_.push_back(*std::move(name));
        return {};
    }

    result<void> read_image(const json::object& from, std::size_t number) {
        const result<std::string_view> name = json_text(from, "file_name");
        if (!name) {
            return tl::unexpected(name.error());
        }
        const std::string id = id_of(from, "id");
        if (id.empty() || !images_.emplace(id, number).second) {
            return fail(errc::invalid, "has no id of its own");
        }
        entry found;
        found.number = number;
        // Both are optional to many tools; what is there must be a number.
        for (const auto& [member, into] :
             {std::pair("width", &found.stated.width), std::pair("height", &found.stated.height)}) {
            if (!from.contains(member) || from.at(member).is_null()) {
                continue;
            }
            const result<double> side = json_number(from, member);
            if (side) {
                *into = *side;
            } else {
                found.problem = side.error().message;
            }
        }
        const auto [known, fresh] = index_.by_path_.emplace(picture_path(*name), number);
        index_.pictures_.push_back(std::move(found));
        if (!fresh) {
            index_.pictures_[known->second].problem =
                fmt::format("has the file_name of images[{}]", number);
        }
        return {};
    }

    result<void> read_annotation(const json::object& from, std::size_t number) {
        const auto image = images_.find(id_of(from, "image_id"));
        if (image == images_.end()) {
            return {}; // of a picture that was taken out of the set
        }
        if (const json::value* crowd = from.if_contains("iscrowd");
            crowd != nullptr && crowd->is_int64() && crowd->get_int64() != 0) {
            return {};
        }
        entry& into = index_.pictures_[image->second];
        const result<annotation> box = read_box(from);
        if (box) {
            into.boxes.push_back(*box);
            into.boxes.back().number = number;
        } else if (into.problem.empty()) {
            into.problem = fmt::format("annotations[{}]: {}", number, box.error().message);
        }
        return {};
    }

    result<annotation> read_box(const json::object& from) {
        annotation found;
        const auto category = categories_.find(id_of(from, "category_id"));
        if (category == categories_.end()) {
            return fail(errc::invalid, "category_id is none of categories");
        }
        found.category = category->second;
        const json::value* box = from.if_contains("bbox");
        if (box == nullptr || !box->is_array() || box->get_array().size() != 4) {
            return fail(errc::invalid, "bbox is not a list of four numbers");
        }
        const std::array into{&found.left, &found.top, &found.width, &found.height};
        for (std::size_t at = 0; at < into.size(); ++at) {
            boost::system::error_code failed;
            const json::value& number = box->get_array()[at];
            *into[at] = number.is_number() ? number.to_number<double>(failed) : NAN;
            if (failed || !std::isfinite(*into[at])) {
                return fail(errc::invalid, fmt::format("bbox[{}] is not a number", at));
            }
        }
        return found;
    }

    const json::object& document_;
    coco_index index_;
    std::unordered_map<std::string, std::size_t> categories_; ///< by id
    std::unordered_map<std::string, std::size_t> images_;     ///< by id
};

result<coco_index> coco_index::read(std::string_view text) {
    const result<json::value> document = parse_sidecar_json(text);
    if (!document) {
        return tl::unexpected(document.error());
    }
    if (!document->is_object()) {
        return fail(errc::invalid, "line 1: is no JSON object; it is no COCO");
    }
    return reader(document->get_object()).read();
}

std::optional<result<sidecar_labels>> coco_index::find(std::string_view path,
                                                       const picture& shown) const {
    const auto found = by_path_.find(std::string(path));
    if (found == by_path_.end()) {
        return std::nullopt;
    }
    return labels_of(pictures_[found->second], shown);
}

result<sidecar_labels> coco_index::labels_of(const entry& found, const picture& shown) const {
    const std::string image = fmt::format("images[{}]", found.number);
    if (!found.problem.empty()) {
        return fail(errc::invalid, found.problem.starts_with("annotations")
                                       ? found.problem
                                       : fmt::format("{}: {}", image, found.problem));
    }
    const result<drawn_on> pixels = judge_stated_size(found.stated, shown);
    if (!pixels) {
        return tl::unexpected(pixels.error().in(image + ": width and height"));
    }
    const picture_size size = found.stated.width > 0 ? found.stated : upright_size(shown);
    std::vector<region_label> regions;
    for (const annotation& each : found.boxes) {
        box_edges edges{each.left / size.width, each.top / size.height,
                        (each.left + each.width) / size.width,
                        (each.top + each.height) / size.height};
        if (*pixels == drawn_on::stored) {
            edges = turn_upright(edges, shown.orientation);
        }
        result<region_label> made = make_region(names_[each.category], edges, shown);
        if (!made) {
            return tl::unexpected(
                made.error().in(fmt::format("annotations[{}]: bbox", each.number)));
        }
        regions.push_back(*std::move(made));
    }
    if (result<void> few = check_region_count(regions.size()); !few) {
        return tl::unexpected(few.error().in(image));
    }
    sidecar_labels labels;
    labels.regions = std::move(regions);
    return labels;
}

} // namespace retraind::intake
