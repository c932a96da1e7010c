#include "retraind/disposal/reserved_name_codec.hpp"

#include <algorithm>

#include "retraind/disposal/disposal_rules.hpp"

namespace retraind::disposal {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t word_size = 8;
constexpr std::size_t head_size = reserved_prefix.size() + word_size;

std::string word_of(std::uint64_t random) {
    std::string word;
    for (std::size_t place = 0; place < word_size; ++place) {
        word += letters[random % letters.size()];
        random /= letters.size();
    }
    return word;
}

bool begins_reserved(std::string_view name) {
    const auto is_letter = [](char letter) {
        return letters.find(letter) != letters.npos;
    };
    return is_reserved(name) && name.size() >= head_size &&
           std::all_of(name.begin() + reserved_prefix.size(), name.begin() + head_size, is_letter);
}

} // namespace

std::string reserved_folder(std::uint64_t random) {
    return std::string(reserved_prefix) + word_of(random);
}

std::optional<std::string> reserved_name(std::uint64_t random, std::string_view original) {
    std::string name = reserved_folder(random) + "-";
    name += original;
    return name.size() <= longest_name ? std::optional(std::move(name)) : std::nullopt;
}

std::string partial_name(std::uint64_t random) {
    return reserved_folder(random) + ".part";
}

bool is_reserved(std::string_view name) {
    return name.substr(0, reserved_prefix.size()) == reserved_prefix;
}

bool is_reserved_folder(std::string_view name) {
    return begins_reserved(name) && name.size() == head_size;
}

std::optional<std::string> original_name(std::string_view reserved) {
    if (!begins_reserved(reserved) || reserved.size() < head_size + 2 ||
        reserved[head_size] != '-') {
        return std::nullopt;
    }
    return std::string(reserved.substr(head_size + 1));
}

} // namespace retraind::disposal
