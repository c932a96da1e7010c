#pragma once

#include <string>
#include <vector>

#include "disposal/open_folder.hpp"
#include "retraind/disposal/disposer.hpp"

namespace retraind::disposal {

/// Looks through a tree for reserved names and gives back what stands under them. Symbolic links
/// are not followed below the root.
class leftover_search {
public:
    leftover_search(std::string root, file_calls& calls) : root_(std::move(root)), calls_(calls) {}

    [[nodiscard]] leftovers run();

private:
    struct entry {
        std::string name;
        bool is_folder = false;
    };

    void look_into(const std::string& below);
    void look_at(int folder, const std::string& below, const entry& found);
    void give_back_inside(int folder, const std::string& below, const std::string& reserved);
    void give_back(const place& held, int folder, const std::string& below,
                   const std::string& original);
    /// The folders and the reserved names of a folder; 0 or an errno.
    [[nodiscard]] static int list(int folder, bool all, std::vector<entry>& found);
    void complain(int failure, const std::string& below);

    std::string root_;
    file_calls& calls_;
    std::vector<std::string> waiting_; ///< folders below the root
    leftovers result_;
};

} // namespace retraind::disposal
