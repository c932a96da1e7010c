#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "reader.hpp"
#include "shape.hpp"

namespace retraind::config {

/// One row of the table: a key, what it takes, and where its value goes. Everything that is said of
/// a key, to a person or to a machine, comes from its row.
template <class Block>
struct key {
    std::string_view name;
    shape takes;
    std::string_view default_text; ///< as it would be written; "required", or "off"
    std::string_view doc;
    std::function<void(reader&, const YAML::Node&, Block&)> take;
};

template <class Block>
using table = std::vector<key<Block>>;

inline constexpr std::string_view required = "required";

/// A row whose value is read by `kind` (see values.hpp) into one member.
template <class Block, class Kind, class Member>
key<Block> row(std::string_view name, Kind kind, Member Block::*member,
               std::string_view default_text, std::string_view doc) {
    shape takes = shape_of(kind);
    return {name, std::move(takes), default_text, doc,
            [kind = std::move(kind), member](reader& in, const YAML::Node& node, Block& block) {
                if (auto value = kind.read(in, node)) {
                    block.*member = std::move(*value);
                }
            }};
}

/// A row that reads its value in its own way.
template <class Block>
key<Block> own_row(std::string_view name, shape takes, std::string_view default_text,
                   std::string_view doc,
                   std::function<void(reader&, const YAML::Node&, Block&)> take) {
    return {name, std::move(takes), default_text, doc, std::move(take)};
}

/// The table's rows for those who read no file by them.
template <class Block>
std::vector<described_key> describe(const table<Block>& rows) {
    std::vector<described_key> keys;
    for (const key<Block>& row : rows) {
        keys.push_back({std::string(row.name), row.takes.phrase, std::string(row.default_text),
                        std::string(row.doc), row.takes.value,
                        row.takes.keys ? row.takes.keys() : std::vector<described_key>(),
                        row.takes.list, row.takes.block_rules});
    }
    return keys;
}

/// A block with the keys of a table, which `rows` returns.
template <class Rows>
shape block_of(Rows rows, std::string phrase = "block", boost::json::object rules = {}) {
    shape made(std::move(phrase));
    made.keys = [rows] {
        return describe(rows());
    };
    made.block_rules = std::move(rules);
    return made;
}

/// A list of them, one at least.
template <class Rows>
shape blocks_of(Rows rows, boost::json::object rules = {}) {
    shape made = block_of(rows, "list of blocks", std::move(rules));
    made.list = true;
    return made;
}

/// What a person who wrote an unknown key is told: keys that others know, and near misses.
[[nodiscard]] std::string unknown_key(const std::string& name,
                                      const std::vector<std::string_view>& known);

/// Reads a mapping by its table: unknown and repeated keys and missing required ones are wrong.
template <class Block>
void read_block(reader& in, const YAML::Node& node, const table<Block>& rows, Block& block) {
    if (!node.IsMap()) {
        in.wrong(node, "is not a block of keys");
        return;
    }
    std::vector<std::string> seen;
    for (const auto& entry : node) {
        const std::string name = entry.first.IsScalar() ? entry.first.Scalar() : "?";
        const typename reader::scope inside(in, name);
        const auto found = std::find_if(rows.begin(), rows.end(),
                                        [&](const key<Block>& row) { return row.name == name; });
        if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
            in.wrong(entry.first, "stands here twice; keep one");
        } else if (found == rows.end()) {
            std::vector<std::string_view> known;
            std::transform(rows.begin(), rows.end(), std::back_inserter(known),
                           [](const key<Block>& row) { return row.name; });
            in.wrong(entry.first, unknown_key(name, known));
        } else if (entry.second.IsNull()) {
            in.wrong(entry.first, fmt::format("has no value; it takes {}", found->takes.phrase));
        } else {
            found->take(in, entry.second, block);
        }
        seen.push_back(name);
    }
    for (const key<Block>& row : rows) {
        if (row.default_text == required &&
            std::find(seen.begin(), seen.end(), row.name) == seen.end()) {
            in.wrong(node, fmt::format("lacks \"{}\": {}", row.name, row.doc));
        }
    }
}

} // namespace retraind::config
