#include "retraind/intake/sidecar_rules.hpp"

#include <algorithm>

#include "tag_name.hpp"

namespace retraind::intake {
namespace {

std::string_view folder_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool belongs_to_the_folder(std::string_view name) {
    return name == yolo_classes_name || std::ranges::find(coco_names, name) != coco_names.end();
}

std::vector<std::string_view> endings_of(sidecar_format format) {
    switch (format) {
    case sidecar_format::yolo:
        return {".txt", ".TXT"};
    case sidecar_format::voc:
        return {".xml", ".XML"};
    case sidecar_format::json:
        return {".json", ".JSON"};
    case sidecar_format::coco:
        return {};
    }
    return {};
}

} // namespace

std::string path_in(std::string_view folder, std::string_view name) {
    std::string path(folder);
    if (!path.empty()) {
        path += '/';
    }
    path += name;
    return path;
}

std::vector<std::string> sidecar_paths(std::string_view picture_path, sidecar_format format) {
    const std::string_view folder = folder_of(picture_path);
    std::string_view name = picture_path.substr(folder.empty() ? 0 : folder.size() + 1);
    name = name.substr(0, name.rfind('.'));
    std::vector<std::string> paths;
    for (const std::string_view ending : endings_of(format)) {
        const std::string wanted = std::string(name).append(ending);
        if (!belongs_to_the_folder(wanted)) {
            paths.push_back(path_in(folder, wanted));
        }
    }
    return paths;
}

std::vector<std::string> folders_upwards(std::string_view picture_path) {
    std::vector<std::string> folders;
    std::string_view folder = folder_of(picture_path);
    while (!folder.empty()) {
        folders.emplace_back(folder);
        folder = folder_of(folder);
    }
    folders.emplace_back();
    return folders;
}

std::vector<std::string> sidecar_patterns(const std::vector<sidecar_format>& formats) {
    std::vector<std::string> patterns;
    for (const sidecar_format format : formats) {
        switch (format) {
        case sidecar_format::yolo:
            patterns.emplace_back("*.txt");
            break;
        case sidecar_format::voc:
            patterns.emplace_back("*.xml");
            break;
        case sidecar_format::coco:
        case sidecar_format::json:
            patterns.emplace_back("*.json");
            break;
        }
    }
    return sorted_names(std::move(patterns));
}

std::vector<std::string> tags_of(const sidecar_labels& said) {
    std::vector<std::string> names = said.tags;
    if (said.regions) {
        for (const region_label& each : *said.regions) {
            names.push_back(each.tag);
        }
    }
    return sorted_names(std::move(names));
}

} // namespace retraind::intake
