#include "retraind/pipeline/beside_tracker.hpp"

#include <utility>

namespace retraind::pipeline {

void beside_tracker::add(beside_file file) {
    if (files_.size() < most || files_.contains(file.path)) {
        std::string path = file.path;
        files_.insert_or_assign(std::move(path), std::move(file));
    }
}

void beside_tracker::forget(const std::string& path) {
    files_.erase(path);
}

std::vector<beside_file> beside_tracker::all() const {
    std::vector<beside_file> files;
    for (const auto& [path, file] : files_) {
        files.push_back(file);
    }
    return files;
}

} // namespace retraind::pipeline
