// Writes what the tree has of the table of keys: config/retraind.schema.json, and the reference in
// docs/configuration.md between its two markers.
//   write_documentation ROOT           writes them
//   write_documentation --check ROOT   says which differ from the table, and ends with 1
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "retraind/config/reference.hpp"
#include "retraind/config/schema_codec.hpp"

namespace {

using retraind::config::described_key;

constexpr std::string_view begin_mark = "<!-- The table of keys, from the parser's own; ";
constexpr std::string_view end_mark = "<!-- the end of the table of keys -->";
constexpr std::string_view mend = "cmake --build build/debug --target documentation";

std::string read(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// Fit for a cell: a bar would end it.
std::string cell(const std::string& text) {
    std::string made;
    for (const char letter : text) {
        made += letter == '|' ? "\\|" : std::string(1, letter);
    }
    return made;
}

std::string default_cell(const std::string& text) {
    const bool said_in_words =
        text.starts_with("required") || text == "off" || text == "as its keys say";
    return said_in_words ? text : "`" + cell(text) + "`";
}

std::string rows(const std::vector<described_key>& keys) {
    std::string text = "| key | takes | default | what it is |\n|---|---|---|---|\n";
    for (const described_key& key : keys) {
        text += fmt::format("| `{}` | {} | {} | {} |\n", key.name, cell(key.type),
                            default_cell(key.default_text), cell(key.doc));
    }
    return text;
}

/// A block's table, then those of the blocks in it.
std::string section(const std::string& path, const std::vector<described_key>& keys) {
    std::string text = path.empty() ? "" : fmt::format("\n### {}\n\n", path);
    text += rows(keys);
    for (const described_key& key : keys) {
        if (!key.keys.empty()) {
            const std::string name = key.name + (key.list ? "[]" : "");
            text += section(path.empty() ? name : path + "." + name, key.keys);
        }
    }
    return text;
}

std::string with_reference(const std::string& page, const std::string& reference) {
    const std::size_t begin = page.find(begin_mark);
    const std::size_t line_end = page.find('\n', begin);
    const std::size_t end = page.find(end_mark);
    if (begin == std::string::npos || end == std::string::npos || end < line_end) {
        throw std::runtime_error("docs/configuration.md lacks its two markers");
    }
    return page.substr(0, begin) + fmt::format("{}{} -->\n", begin_mark, mend) + reference +
           page.substr(end);
}

/// Whether the tree had it already.
bool put(const std::filesystem::path& file, const std::string& text, bool only_check) {
    if (read(file) == text) {
        return true;
    }
    if (only_check) {
        std::cerr << fmt::format("{} is not what the table of keys says; write it with\n  {}\n",
                                 file.string(), mend);
    } else {
        std::ofstream(file, std::ios::binary) << text;
    }
    return false;
}

} // namespace

int main(int count, char** words) try {
    std::vector<std::string> arguments(words + 1, words + count);
    const bool only_check = arguments.size() == 2 && arguments.front() == "--check";
    if (arguments.size() != (only_check ? 2U : 1U)) {
        std::cerr << "write_documentation [--check] ROOT\n";
        return 2;
    }
    const std::filesystem::path root = arguments.back();
    const std::vector<described_key> keys = retraind::config::describe_configuration();
    const std::filesystem::path manual = root / "docs/configuration.md";
    const bool schema =
        put(root / "config/retraind.schema.json", retraind::config::schema_text(keys), only_check);
    const bool page = put(manual, with_reference(read(manual), section("", keys)), only_check);
    return only_check && !(schema && page) ? 1 : 0;
} catch (const std::exception& thrown) {
    std::cerr << "write_documentation: " << thrown.what() << '\n';
    return 1;
}
