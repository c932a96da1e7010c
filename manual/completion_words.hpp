#pragma once

#include <string>

namespace manual {

/// What a shell can offer in the place of a word: a path, or nothing it knows of.
enum class kind_of_word { none, file, folder };

/// By the word that --help writes for it: FILE, DIR, LIST.
[[nodiscard]] kind_of_word kind_of(const std::string& word);

/// "customvision-sandbox" as the name of a shell function.
[[nodiscard]] std::string function_name(const std::string& path);

} // namespace manual
