#include "manual/completion_words.hpp"

#include <algorithm>

namespace manual {

kind_of_word kind_of(const std::string& word) {
    if (word == "FILE" || word == "LIST" || word == "PATH") {
        return kind_of_word::file;
    }
    return word == "DIR" || word == "FOLDER" ? kind_of_word::folder : kind_of_word::none;
}

std::string function_name(const std::string& path) {
    std::string name = "_" + path;
    std::replace_if(
        name.begin(), name.end(), [](char each) { return each == '-' || each == ' '; }, '_');
    return name;
}

} // namespace manual
