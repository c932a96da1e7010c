#pragma once

#include <string>
#include <vector>

#include "project_fixture.hpp"
#include "retraind/pipeline/tagging_loop.hpp"
#include "retraind/pipeline/upload_loop.hpp"

namespace retraind::testing {

/// A project whose uploads and tagging run; what goes back to intake is noted in `resumed`.
struct tagging_fixture : project_fixture {
    using project_fixture::project_fixture;

    static inline const std::string post = "POST /images/files";
    static inline const std::string look = "GET /images/id";
    static inline const std::string tag = "POST /images/tags";

    /// A journey whose content the project has as that image, without those tags.
    pipeline::journey_number add(const std::string& path, std::uint8_t image,
                                 std::vector<tag_id> lacking, bool look_first = false) {
        pipeline::journey& each = start(path, path);
        each.at = pipeline::journey::stage::planned;
        each.tags = std::move(lacking);
        tagging.add(each, numbered<image_id>(image), look_first);
        return each.number;
    }
    pipeline::journey_number plan(const std::string& path) {
        pipeline::journey& each = start(path, path);
        uploads.add(each);
        return each.number;
    }
    /// Until everything has its end, or is back in intake.
    void run_all() {
        run_both_until([this] {
            return tagging.idle() && uploads.idle() && state.slots.size() == resumed.size();
        });
    }
    void run_both_until(const std::function<bool()>& reached) {
        std::vector<task<void>> loops;
        loops.push_back(uploads.run());
        loops.push_back(tagging.run());
        run_until(all_of(std::move(loops)), reached);
    }
    [[nodiscard]] std::string held_sentence() const {
        return events.sentence(event_name::file_held);
    }

    pipeline::tagging_loop tagging{state, ends};
    pipeline::upload_loop uploads{state, ends, tagging, 1};
};

inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

inline std::string tag_json(std::uint8_t tag, const std::string& name,
                            const std::string& type = "Regular") {
    return R"({"id":")" + to_string(numbered<tag_id>(tag)) + R"(","name":")" + name +
           R"(","type":")" + type + R"(","imageCount":0})";
}

inline std::string present_json(std::uint8_t image, const std::vector<std::uint8_t>& tags) {
    std::vector<std::string> each;
    for (const std::uint8_t tag : tags) {
        each.push_back(R"({"tagId":")" + to_string(numbered<tag_id>(tag)) + R"("})");
    }
    return R"({"id":")" + to_string(numbered<image_id>(image)) + R"(","tags":)" + list_json(each) +
           "}";
}

inline std::string pair_json(std::uint8_t image, std::uint8_t tag) {
    return R"({"imageId":")" + to_string(numbered<image_id>(image)) + R"(","tagId":")" +
           to_string(numbered<tag_id>(tag)) + R"("})";
}

inline std::string pairs_json(const std::vector<std::string>& created,
                              const std::vector<std::string>& duplicated = {},
                              const std::vector<std::string>& exceeded = {}) {
    return R"({"created":)" + list_json(created) + R"(,"duplicated":)" + list_json(duplicated) +
           R"(,"exceeded":)" + list_json(exceeded) + "}";
}

inline std::string result_json(const std::string& name, const std::string& status,
                               std::uint8_t image = 0) {
    const std::string id = R"({"id":")" + to_string(numbered<image_id>(image)) + R"("})";
    return R"({"isBatchSuccessful":false,"images":[{"sourceUrl":")" + name + R"(","status":")" +
           status + R"(","image":)" + (image == 0 ? "null" : id) + "}]}";
}

} // namespace retraind::testing
