#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/database.hpp"
#include "sandbox/service/entities.hpp"

namespace sandbox::service {

/// A picture of an iteration's snapshot with its tags, for training.
struct training_example {
    std::string image_id;
    std::vector<std::string> tag_ids;
};

class iteration_store {
public:
    explicit iteration_store(database& on) : database_(on) {}

    /// In the order of their numbers.
    [[nodiscard]] std::vector<iteration> all(std::string_view project_id) const;
    [[nodiscard]] std::vector<iteration> all_in_training() const;
    [[nodiscard]] std::optional<iteration> find(std::string_view project_id,
                                                std::string_view id) const;
    [[nodiscard]] std::optional<iteration> find_published(std::string_view project_id,
                                                          std::string_view name) const;
    [[nodiscard]] bool is_name_taken(std::string_view project_id, std::string_view name,
                                     std::string_view except) const;

    /// A new iteration with a snapshot of the workspace. `selected`: the tags it is to learn.
    void insert(const iteration& added, const std::vector<tag>& tags,
                const std::vector<std::string>& selected);
    /// Everything but identity, snapshot and evaluation.
    void update(const iteration& changed);
    /// The iteration and its snapshot; images that stood only there are left to purge().
    void remove(std::string_view id);

    /// The pictures that carry a selected tag, in the order of their making.
    [[nodiscard]] std::vector<training_example> examples(std::string_view id) const;
    /// The selected tags in the order of their ids: a model's classes.
    [[nodiscard]] std::vector<tag> classes(std::string_view id) const;

    void set_evaluation(std::string_view id, std::string_view bytes);
    [[nodiscard]] std::optional<std::string> evaluation(std::string_view id) const;

    /// Numbers computed from a picture by `method`, kept so that they are computed once.
    [[nodiscard]] std::optional<std::string> features(std::string_view image_id,
                                                      std::string_view method) const;
    /// Does nothing where the image is gone.
    void set_features(std::string_view image_id, std::string_view method, std::string_view bytes);

private:
    database& database_;
};

} // namespace sandbox::service
