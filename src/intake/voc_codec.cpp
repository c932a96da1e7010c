#include "retraind/intake/voc_codec.hpp"

#include <utility>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "sidecar_text.hpp"
#include "tag_name.hpp"

namespace retraind::intake {
namespace {

class voc_reader {
public:
    voc_reader(std::string_view text, const picture& shown) : text_(text), shown_(shown) {}

    result<sidecar_labels> read() {
        pugi::xml_document document;
        const pugi::xml_parse_result parsed =
            document.load_buffer(text_.data(), text_.size(), pugi::parse_default);
        if (!parsed) {
            return fail(errc::invalid, fmt::format("line {}: is no XML: {}", line_of(parsed.offset),
                                                   parsed.description()));
        }
        const pugi::xml_node root = document.child("annotation");
        if (!root) {
            return fail(errc::invalid, "line 1: has no element annotation; it is no Pascal VOC");
        }
        if (result<void> sized = read_size(root.child("size")); !sized) {
            return tl::unexpected(std::move(sized.error()));
        }
        std::vector<region_label> regions;
        for (const pugi::xml_node object : root.children("object")) {
            result<region_label> region = read_object(object);
            if (!region) {
                return tl::unexpected(region.error().in(
                    fmt::format("line {}, object {}", line_of(object), regions.size() + 1)));
            }
            regions.push_back(*std::move(region));
        }
        if (result<void> few = check_region_count(regions.size()); !few) {
            return tl::unexpected(std::move(few.error()));
        }
        sidecar_labels found;
        found.regions = std::move(regions);
        return found;
    }

private:
    [[nodiscard]] std::size_t line_of(std::ptrdiff_t offset) const {
        return line_at(text_, offset < 0 ? 0 : static_cast<std::size_t>(offset));
    }
    [[nodiscard]] std::size_t line_of(const pugi::xml_node& node) const {
        return line_of(node.offset_debug());
    }

    static result<double> number(const pugi::xml_node& parent, const char* name) {
        const pugi::xml_node child = parent.child(name);
        if (!child) {
            return fail(errc::invalid, fmt::format("{} has no {}", parent.name(), name));
        }
        const std::optional<double> found = number_of(child.child_value());
        if (!found) {
            return fail(errc::invalid, fmt::format("{} is \"{}\", not a number", name,
                                                   excerpt(child.child_value())));
        }
        return *found;
    }

    result<void> read_size(const pugi::xml_node& size) {
        picture_size stated;
        if (size) {
            const result<double> width = number(size, "width");
            const result<double> height = number(size, "height");
            if (!width || !height) {
                const error& why = width ? height.error() : width.error();
                return tl::unexpected(why.in(fmt::format("line {}, size", line_of(size))));
            }
            stated = {*width, *height};
        }
        const result<drawn_on> pixels = judge_stated_size(stated, shown_);
        if (!pixels) {
            return tl::unexpected(pixels.error().in(fmt::format("line {}, size", line_of(size))));
        }
        drawn_on_ = *pixels;
        size_ = stated.width > 0 ? stated : upright_size(shown_);
        return {};
    }

    result<region_label> read_object(const pugi::xml_node& object) {
        auto tag = tag_name(object.child_value("name"));
        if (!tag) {
            return fail(errc::invalid, "name " + tag.error());
        }
        const pugi::xml_node box = object.child("bndbox");
        if (!box) {
            return fail(errc::invalid, "has no bndbox");
        }
        box_edges edges;
        const std::pair<const char*, double*> sides[] = {{"xmin", &edges.left},
                                                         {"ymin", &edges.top},
                                                         {"xmax", &edges.right},
                                                         {"ymax", &edges.bottom}};
        for (const auto& [name, into] : sides) {
            const result<double> found = number(box, name);
            if (!found) {
                return tl::unexpected(found.error());
            }
            *into = *found / (name[0] == 'x' ? size_.width : size_.height);
        }
        if (drawn_on_ == drawn_on::stored) {
            edges = turn_upright(edges, shown_.orientation);
        }
        result<region_label> made = make_region(*std::move(tag), edges, shown_);
        if (!made) {
            return tl::unexpected(made.error().in("bndbox"));
        }
        return made;
    }

    std::string_view text_;
    const picture& shown_;
    picture_size size_;
    drawn_on drawn_on_ = drawn_on::upright;
};

} // namespace

result<sidecar_labels> read_voc(std::string_view text, const picture& shown) {
    return voc_reader(text, shown).read();
}

} // namespace retraind::intake
