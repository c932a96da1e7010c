#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/database.hpp"
#include "sandbox/service/entities.hpp"
#include "sandbox/service/metadata_filter.hpp"

namespace sandbox::service {

enum class tagging { all, tagged, untagged };

/// Which images a list or a count is about.
struct image_filter {
    std::string project_id;
    std::string iteration_id = workspace;
    tagging status = tagging::all;
    std::vector<std::string> tag_ids = {}; ///< with any of these; empty: whatever the tags
    metadata_filter metadata = {};
};

struct page {
    bool newest_first = true;
    std::size_t take = 0;
    std::size_t skip = 0;
};

/// Images, their tags and regions. A picture stands in the workspace, in the snapshots of
/// iterations, or in both; it goes when it stands nowhere any more.
class image_store {
public:
    explicit image_store(database& on) : database_(on) {}

    [[nodiscard]] std::vector<image> list(const image_filter& filter, const page& window) const;
    [[nodiscard]] std::size_t count(const image_filter& filter) const;
    /// Those of the ids that there are, in the order of their making.
    [[nodiscard]] std::vector<image> find(std::string_view project_id,
                                          std::string_view iteration_id,
                                          const std::vector<std::string>& ids) const;
    [[nodiscard]] std::optional<image> find_one(std::string_view project_id,
                                                std::string_view id) const;
    /// The media type of any image of the project, in the workspace or not.
    [[nodiscard]] std::optional<std::string> media_type(std::string_view project_id,
                                                        std::string_view id) const;
    /// The workspace's image with that content.
    [[nodiscard]] std::optional<std::string> find_content(std::string_view project_id,
                                                          std::string_view sha256) const;

    /// A new image of the workspace; its tags and regions are added apart.
    void insert(std::string_view project_id, const image& added, std::string_view sha256);
    /// False where the image has that tag already.
    bool add_tag(std::string_view image_id, std::string_view tag_id, ticks moment);
    bool remove_tag(std::string_view image_id, std::string_view tag_id);
    /// False where the image has that box with that tag already.
    bool add_region(std::string_view image_id, const region& added);
    /// False where no image of the project's workspace has such a region. `forget_tag`: with its
    /// tag, where that was the image's last region of it.
    bool remove_region(std::string_view project_id, std::string_view region_id, bool forget_tag);

    void set_metadata(std::string_view image_id, std::string_view metadata);

    /// Out of the workspace; false where the image does not stand there.
    bool leave_workspace(std::string_view project_id, std::string_view id);
    /// Out of the snapshots of all iterations of its project.
    void leave_iterations(std::string_view id);
    /// Forgets the project's images that stand nowhere and says which those were.
    std::vector<std::string> purge(std::string_view project_id);

private:
    void read_details(std::string_view iteration_id, image& into) const;

    database& database_;
};

} // namespace sandbox::service
