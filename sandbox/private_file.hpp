#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace sandbox {

/// Who may read a file that is written.
enum class readers { owner, everyone };

/// Writes a file whole or not at all: under another name, flushed, then renamed. Throws
/// std::runtime_error with a sentence.
void write_file(const std::filesystem::path& path, std::string_view content, readers allowed);

/// A file's content; nothing where there is none. Throws std::runtime_error where it is there and
/// cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path);

} // namespace sandbox
