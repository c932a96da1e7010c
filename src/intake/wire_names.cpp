#include "retraind/intake/wire_names.hpp"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "retraind/base/sha256.hpp"
#include "retraind/base/text.hpp"

namespace retraind::intake {
namespace {

std::string without_controls(std::string_view text) {
    std::string clean;
    for (const char one : text) {
        const auto byte = static_cast<unsigned char>(one);
        if (byte < 0x20 || byte == 0x7F) {
            clean += fmt::format("%{:02X}", byte);
        } else {
            clean += one;
        }
    }
    return clean;
}

/// At most `bytes` from the end, cut where a character begins.
std::string_view end_of(std::string_view text, std::size_t bytes) {
    text.remove_prefix(text.size() - std::min(text.size(), bytes));
    const auto continues = [](char one) {
        return (static_cast<unsigned char>(one) & 0xC0) == 0x80;
    };
    while (!text.empty() && continues(text.front())) {
        text.remove_prefix(1);
    }
    return text;
}

std::string digest_of(std::string_view text) {
    sha256_hasher hasher;
    hasher.update(std::as_bytes(std::span(text)));
    return to_hex(hasher.finish()).substr(0, 16);
}

std::string numbered(const std::string& name, std::size_t number) {
    const std::size_t slash = name.rfind('/');
    const std::size_t first = slash == std::string::npos ? 0 : slash + 1;
    const std::size_t dot = name.rfind('.');
    const std::size_t at = dot == std::string::npos || dot <= first ? name.size() : dot;
    return fmt::format("{}~{}{}", name.substr(0, at), number, name.substr(at));
}

} // namespace

std::string wire_name(std::string_view path) {
    std::string name = without_controls(wire_text(path));
    if (name.size() <= max_wire_name) {
        return name;
    }
    const std::string digest = digest_of(path);
    return fmt::format("{}~{}", digest, end_of(name, max_wire_name - digest.size() - 1));
}

std::vector<std::string> unique_wire_names(std::span<const std::string> paths) {
    std::vector<std::string> names;
    std::unordered_set<std::string> taken;
    for (const std::string& path : paths) {
        const std::string plain = wire_name(path);
        std::string name = plain;
        for (std::size_t number = 2; !taken.insert(name).second; ++number) {
            name = numbered(plain, number);
        }
        names.push_back(std::move(name));
    }
    return names;
}

} // namespace retraind::intake
