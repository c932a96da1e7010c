#include "sandbox/service/picture_files.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <utility>

#include "sandbox/service/guid.hpp"

namespace sandbox::service {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const char* what, const fs::path& file) {
    throw fs::filesystem_error(what, file, std::error_code(errno, std::generic_category()));
}

} // namespace

staged_picture::~staged_picture() {
    discard();
}

staged_picture::staged_picture(staged_picture&& other) noexcept
    : file_(std::exchange(other.file_, {})) {}

staged_picture& staged_picture::operator=(staged_picture&& other) noexcept {
    if (this != &other) {
        discard();
        file_ = std::exchange(other.file_, {});
    }
    return *this;
}

void staged_picture::move_to(const fs::path& place) {
    fs::rename(file_, place);
    file_.clear();
}

void staged_picture::discard() noexcept {
    if (!file_.empty()) {
        std::error_code ignored;
        fs::remove(file_, ignored);
    }
}

picture_files::picture_files(fs::path data) : data_(std::move(data)) {
    fs::remove_all(data_ / "incoming");
    fs::create_directories(data_ / "incoming");
    fs::create_directories(data_ / "images");
    fs::create_directories(data_ / "models");
}

staged_picture picture_files::stage(std::string_view bytes) const {
    const fs::path file = new_incoming();
    staged_picture staged(file);
    std::ofstream out(file, std::ios::binary);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.close();
    if (!out) {
        fail("cannot write", file);
    }
    return staged;
}

void picture_files::keep(staged_picture& picture, std::string_view project_id,
                         std::string_view image_id) const {
    const fs::path place = place_of(project_id, image_id);
    fs::create_directories(place.parent_path());
    picture.move_to(place);
}

std::optional<std::string> picture_files::read(std::string_view project_id,
                                               std::string_view image_id) const {
    const fs::path place = place_of(project_id, image_id);
    errno = 0;
    std::ifstream in(place, std::ios::binary);
    if (!in.is_open() && errno == ENOENT) {
        return std::nullopt;
    }
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) {
        fail("cannot read", place);
    }
    return bytes;
}

void picture_files::remove(std::string_view project_id, std::string_view image_id) const {
    fs::remove(place_of(project_id, image_id));
}

void picture_files::remove_project(std::string_view project_id) const {
    fs::remove_all(data_ / "images" / project_id);
}

fs::path picture_files::model_of(std::string_view iteration_id) const {
    return data_ / "models" / iteration_id;
}

fs::path picture_files::new_incoming() const {
    return data_ / "incoming" / new_guid();
}

fs::path picture_files::place_of(std::string_view project_id, std::string_view image_id) const {
    return data_ / "images" / project_id / image_id;
}

} // namespace sandbox::service
