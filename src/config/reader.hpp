#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "retraind/config/parse.hpp"

namespace retraind::config {

/// Where the parser stands in the file, and what it found wrong so far.
class reader {
public:
    reader(std::string file, std::string folder, const environment& variables)
        : file_(std::move(file)), folder_(std::move(folder)), variables_(variables) {}

    /// Adds a key or an index to the path for as long as it lives.
    class scope {
    public:
        scope(reader& owner, std::string_view key);
        scope(reader& owner, std::size_t index);
        ~scope();
        scope(const scope&) = delete;
        scope& operator=(const scope&) = delete;

    private:
        reader& owner_;
        std::size_t length_;
    };

    void wrong(const YAML::Node& where, std::string sentence);
    /// For a fault that was found after the node was read.
    void wrong_at(int line, int column, std::string key, std::string sentence);

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    /// Absolute and without dots or a slash at the end.
    [[nodiscard]] std::string absolute(std::string_view path) const;
    [[nodiscard]] std::optional<std::string> variable(std::string_view name) const {
        return variables_(name);
    }
    [[nodiscard]] std::vector<diagnostic> take() { return std::move(diagnostics_); }
    [[nodiscard]] bool clean() const noexcept { return diagnostics_.empty(); }

private:
    std::string file_;
    std::string folder_;
    const environment& variables_;
    std::string path_;
    std::vector<diagnostic> diagnostics_;
};

/// The candidate that is nearest to `word` and near enough to have been meant; empty for none.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       const std::vector<std::string_view>& candidates);

} // namespace retraind::config
