#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/service/database.hpp"
#include "sandbox/service/timestamps.hpp"

namespace sandbox::service {

struct predicted_tag {
    std::string tag_id;
    std::string name;
    std::string type;
    double probability = 0;
};

/// A prediction whose picture was kept, under the prediction's id, beside the project's images.
struct prediction {
    std::int64_t seq = 0; ///< grows with each; given by insert()
    std::string id;
    std::string project_id;
    std::string iteration_id;
    std::string domain_id;
    std::string application;
    std::string media_type;
    ticks created = 0;
    std::vector<predicted_tag> tags; ///< the surest first
};

struct prediction_key {
    std::string project_id;
    std::string id;
};

class prediction_store {
public:
    explicit prediction_store(database& on) : database_(on) {}

    /// Does nothing where the id is taken: a request is a prediction once.
    void insert(const prediction& added);
    /// In the order of their making.
    [[nodiscard]] std::vector<prediction> all(std::string_view project_id) const;
    [[nodiscard]] std::optional<prediction> find(std::string_view project_id,
                                                 std::string_view id) const;
    /// False where the project has none of that id.
    bool remove(std::string_view project_id, std::string_view id);
    /// Removes those made before `moment`, of all projects; which they were.
    [[nodiscard]] std::vector<prediction_key> remove_older(ticks moment);
    /// Counts a call of the prediction API in a month such as "2026-11", unless it has `most`
    /// already: false then. Other months are forgotten.
    [[nodiscard]] bool count_call(std::string_view month, std::size_t most);

private:
    [[nodiscard]] std::vector<prediction> read(rows row) const;

    database& database_;
};

} // namespace sandbox::service
