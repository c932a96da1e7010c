#include "written.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace retraind::config {
namespace {

/// Who writes a proxy's or a webhook's password into an address would find it in the log.
std::string without_secrets(const std::string& text) {
    constexpr std::string_view scheme_end = "://";
    const auto begin = text.find(scheme_end);
    if (begin == std::string::npos) {
        return text;
    }
    const auto authority = begin + scheme_end.size();
    const auto authority_end = text.find_first_of("/?#", authority);
    const auto at = text.substr(0, authority_end).rfind('@');
    if (at == std::string::npos || at < authority) {
        return text;
    }
    return text.substr(0, authority) + "***" + text.substr(at);
}

std::string listed(const YAML::Node& list) {
    std::string text;
    for (const auto& each : list) {
        text += fmt::format("{}{}", text.empty() ? "" : ", ", without_secrets(each.Scalar()));
    }
    return fmt::format("[{}]", text);
}

void add(const YAML::Node& node, const std::string& path, written_keys& all) {
    if (node.IsMap() && node.size() > 0) {
        for (const auto& each : node) {
            add(each.second,
                fmt::format("{}{}{}", path, path.empty() ? "" : ".", each.first.Scalar()), all);
        }
    } else if (node.IsSequence() && std::all_of(node.begin(), node.end(),
                                                [](const auto& each) { return each.IsScalar(); })) {
        all[path] = listed(node);
    } else if (node.IsSequence()) {
        for (std::size_t at = 0; at < node.size(); ++at) {
            add(node[at], fmt::format("{}[{}]", path, at), all);
        }
    } else {
        all[path] = node.IsScalar() ? without_secrets(node.Scalar()) : "{}";
    }
}

} // namespace

written_keys written_in(const YAML::Node& root) {
    written_keys all;
    add(root, "", all);
    return all;
}

} // namespace retraind::config
