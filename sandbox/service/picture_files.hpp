#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox::service {

/// A picture that was written and has no id yet; its file goes with it unless it is kept.
class staged_picture {
public:
    staged_picture() = default;
    explicit staged_picture(std::filesystem::path file) : file_(std::move(file)) {}
    ~staged_picture();
    staged_picture(staged_picture&& other) noexcept;
    staged_picture& operator=(staged_picture&& other) noexcept;

    void move_to(const std::filesystem::path& place);

private:
    void discard() noexcept;

    std::filesystem::path file_;
};

/// Pictures and models below the data folder: images/PROJECT/IMAGE, models/ITERATION. Files that a
/// crash left half-done are in incoming/, which is emptied at start. All functions throw
/// std::filesystem::filesystem_error on a disk that does not do its work.
class picture_files {
public:
    explicit picture_files(std::filesystem::path data);

    [[nodiscard]] staged_picture stage(std::string_view bytes) const;
    void keep(staged_picture& picture, std::string_view project_id,
              std::string_view image_id) const;
    /// Nothing where there is no such picture (any more): who reads without the state's guard may
    /// come late.
    [[nodiscard]] std::optional<std::string> read(std::string_view project_id,
                                                  std::string_view image_id) const;
    void remove(std::string_view project_id, std::string_view image_id) const;
    void remove_project(std::string_view project_id) const;

    [[nodiscard]] std::filesystem::path model_of(std::string_view iteration_id) const;
    /// Where to write a file that is renamed when it is whole.
    [[nodiscard]] std::filesystem::path new_incoming() const;

private:
    [[nodiscard]] std::filesystem::path place_of(std::string_view project_id,
                                                 std::string_view image_id) const;

    std::filesystem::path data_;
};

} // namespace sandbox::service
