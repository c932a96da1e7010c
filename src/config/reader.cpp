#include "reader.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <numeric>

#include <fmt/format.h>

namespace retraind::config {
namespace {

char lower(char letter) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
}

/// Letters put in, left out or replaced; case does not count.
std::size_t edit_distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> row(right.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= left.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            const std::size_t replaced =
                diagonal + (lower(left[i - 1]) == lower(right[j - 1]) ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

} // namespace

reader::scope::scope(reader& owner, std::string_view key)
    : owner_(owner), length_(owner.path_.size()) {
    owner_.path_ += owner_.path_.empty() ? "" : ".";
    owner_.path_ += key;
}

reader::scope::scope(reader& owner, std::size_t index)
    : owner_(owner), length_(owner.path_.size()) {
    owner_.path_ += fmt::format("[{}]", index);
}

reader::scope::~scope() {
    owner_.path_.resize(length_);
}

void reader::wrong(const YAML::Node& where, std::string sentence) {
    const YAML::Mark mark = where.Mark();
    wrong_at(mark.is_null() ? 0 : mark.line + 1, mark.is_null() ? 0 : mark.column + 1, path_,
             std::move(sentence));
}

void reader::wrong_at(int line, int column, std::string key, std::string sentence) {
    diagnostics_.push_back({file_, line, column, std::move(key), std::move(sentence)});
}

std::string reader::absolute(std::string_view path) const {
    std::filesystem::path whole = std::filesystem::path(folder_) / path;
    whole = whole.lexically_normal();
    if (!whole.has_filename() && whole.has_relative_path()) {
        whole = whole.parent_path();
    }
    return whole.string();
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
    std::string_view best;
    std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string_view candidate : candidates) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

} // namespace retraind::config
