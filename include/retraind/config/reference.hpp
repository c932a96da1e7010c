#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace retraind::config {

/// A key of the configuration as the parser's own table has it: what the manual and the schema are
/// made from.
struct described_key {
    std::string name;
    std::string type;         ///< for people: "duration", "keep, delete or {move_to: path}"
    std::string default_text; ///< as it would be written; "required…", "off" or "as its keys say"
    std::string doc;
    boost::json::object value; ///< JSON Schema of a value that is no block; empty: only blocks
    std::vector<described_key> keys; ///< of the block that it may be
    bool list = false;               ///< a list of such blocks
    boost::json::object block_rules; ///< schema keywords of the block beside those of its keys
};

/// The keys at the top of the file, in the order in which the manual says them.
[[nodiscard]] std::vector<described_key> describe_configuration();

} // namespace retraind::config
