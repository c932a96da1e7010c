#include "retraind/intake/sidecar_files.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/image_file.hpp"
#include "retraind/intake/sidecar_json_codec.hpp"
#include "retraind/intake/sidecar_rules.hpp"
#include "retraind/intake/voc_codec.hpp"
#include "retraind/intake/yolo_codec.hpp"

namespace retraind::intake {
namespace {

/// 300 boxes are some 20 kB of XML.
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 20;
/// A hundred thousand boxes; its document takes several times as much while it is read.
constexpr std::uint64_t most_coco_bytes = std::uint64_t{32} << 20;
constexpr std::size_t most_coco_files = 4;

void mix(std::uint64_t& state, const sidecar_file& file) {
    const file_fingerprint print = fingerprint("", file.path, file.identity);
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
    state = (state ^ print.low) * odd + print.high;
}

bool wants(const std::vector<sidecar_format>& formats, sidecar_format format) {
    return std::ranges::find(formats, format) != formats.end();
}

} // namespace

sidecar_files::sidecar_files(std::string folder, std::vector<sidecar_format> formats)
    : folder_(std::move(folder)), formats_(std::move(formats)) {}

std::optional<sidecar_file> sidecar_files::stat(const std::string& path) const {
    const result<file_identity> found = regular_file_at(folder_ + "/" + path);
    if (!found) {
        return std::nullopt;
    }
    return sidecar_file{path, *found, false};
}

std::vector<sidecar_file> sidecar_files::own_files(const std::string& picture_path) const {
    std::vector<sidecar_file> files;
    for (const sidecar_format format : formats_) {
        for (const std::string& path : sidecar_paths(picture_path, format)) {
            if (std::optional<sidecar_file> file = stat(path)) {
                file->own = true;
                files.push_back(*std::move(file));
            }
        }
    }
    return files;
}

std::uint64_t sidecar_files::state(const std::string& picture_path) const {
    std::uint64_t state = 0;
    for (const sidecar_file& file : own_files(picture_path)) {
        mix(state, file);
    }
    for (const std::string& folder : folders_upwards(picture_path)) {
        const auto add = [&](std::string_view name) {
            if (const auto file = stat(path_in(folder, name))) {
                mix(state, *file);
            }
        };
        if (wants(formats_, sidecar_format::yolo)) {
            add(yolo_classes_name);
        }
        if (wants(formats_, sidecar_format::coco)) {
            std::ranges::for_each(coco_names, add);
        }
    }
    return state;
}

sidecar_look sidecar_files::look(const std::string& picture_path, const picture& shown) {
    sidecar_look found;
    // Before anything is read: what comes meanwhile is then seen to be new.
    found.state = state(picture_path);
    found.files = own_files(picture_path);
    const std::vector<sidecar_file> own = found.files;
    for (const sidecar_format format : formats_) {
        if (format == sidecar_format::coco) {
            read_coco(found, picture_path, shown);
            continue;
        }
        const std::vector<std::string> paths = sidecar_paths(picture_path, format);
        for (const sidecar_file& file : own) {
            if (std::ranges::find(paths, file.path) != paths.end()) {
                read_own(found, format, file, picture_path, shown);
            }
        }
    }
    return found;
}

void sidecar_files::read_own(sidecar_look& found, sidecar_format format, const sidecar_file& file,
                             const std::string& picture_path, const picture& shown) {
    const bool regions_known = found.labels.regions.has_value();
    if (found.broken || (regions_known && format != sidecar_format::json)) {
        return;
    }
    found.found = true;
    const result<std::string> text = read(file, most_bytes);
    if (!text) {
        fail_with(found, file.path, text.error());
        return;
    }
    switch (format) {
    case sidecar_format::yolo:
        if (const auto classes = classes_of(found, picture_path)) {
            take(found, file.path, read_yolo(*text, *classes, shown));
        }
        return;
    case sidecar_format::voc:
        take(found, file.path, read_voc(*text, shown));
        return;
    case sidecar_format::json:
        take(found, file.path, read_sidecar_json(*text, shown));
        return;
    case sidecar_format::coco:
        return;
    }
}

void sidecar_files::read_coco(sidecar_look& found, const std::string& picture_path,
                              const picture& shown) {
    for (const std::string& folder : folders_upwards(picture_path)) {
        for (const std::string_view name : coco_names) {
            if (found.broken || found.labels.regions) {
                return;
            }
            const std::optional<sidecar_file> file = stat(path_in(folder, name));
            if (!file) {
                continue;
            }
            const auto index = coco_at(*file);
            if (!*index) {
                found.found = true;
                found.files.push_back(*file);
                fail_with(found, file->path, index->error());
                return;
            }
            const std::string below = picture_path.substr(folder.empty() ? 0 : folder.size() + 1);
            if (auto said = (*index)->find(below, shown)) {
                found.found = true;
                found.files.push_back(*file);
                take(found, file->path, *std::move(said));
            }
        }
    }
}

std::shared_ptr<const result<coco_index>> sidecar_files::coco_at(const sidecar_file& file) {
    const auto known = coco_.find(file.path);
    if (known != coco_.end() && known->second.identity == file.identity) {
        return known->second.index;
    }
    const result<std::string> text = read(file, most_coco_bytes);
    auto index = std::make_shared<const result<coco_index>>(text ? coco_index::read(*text)
                                                                 : tl::unexpected(text.error()));
    const bool is_of_the_file = text || text.error().code == errc::invalid;
    if (is_of_the_file) {
        if (coco_.size() >= most_coco_files) {
            coco_.clear();
        }
        coco_[file.path] = {file.identity, index};
    }
    return index;
}

result<std::string> sidecar_files::read(const sidecar_file& file, std::uint64_t most) const {
    result<std::string> text = read_file(folder_ + "/" + file.path, file.identity, most);
    if (!text && text.error().code == errc::not_found) {
        return fail(errc::changed, "it went away");
    }
    return text;
}

result<std::vector<std::string>> sidecar_files::classes_of(sidecar_look& found,
                                                           const std::string& picture_path) const {
    for (const std::string& folder : folders_upwards(picture_path)) {
        const std::optional<sidecar_file> file = stat(path_in(folder, yolo_classes_name));
        if (!file) {
            continue;
        }
        found.files.push_back(*file);
        const result<std::string> text = read(*file, most_bytes);
        result<std::vector<std::string>> classes =
            text ? read_yolo_classes(*text) : tl::unexpected(text.error());
        if (!classes) {
            fail_with(found, file->path, classes.error());
        }
        return classes;
    }
    const error missing{errc::not_found,
                        fmt::format("{} names the classes of {}'s boxes; it lies neither beside it "
                                    "nor above it",
                                    yolo_classes_name, printable(picture_path))};
    found.broken = refuse_sidecar(missing.message);
    found.may_come = true;
    return tl::unexpected(missing);
}

void sidecar_files::take(sidecar_look& found, const std::string& path,
                         result<sidecar_labels> said) {
    if (!said) {
        fail_with(found, path, said.error());
        return;
    }
    found.labels.tags.insert(found.labels.tags.end(), said->tags.begin(), said->tags.end());
    if (!found.labels.regions) {
        found.labels.regions = std::move(said->regions);
    }
}

void sidecar_files::fail_with(sidecar_look& found, const std::string& path, const error& why) {
    if (why.code == errc::changed) {
        found.changing = true;
        return;
    }
    // What the readers find is the file's fault; the rest may heal, like a writer's rights.
    found.may_come = why.code != errc::invalid;
    const std::string shown = printable(path);
    found.broken = refuse_sidecar(why.message.find(shown) == std::string::npos
                                      ? fmt::format("{}: {}", shown, why.message)
                                      : why.message);
}

} // namespace retraind::intake
