#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "retraind/pipeline/url_list_loop.hpp"
#include "tagging_fixture.hpp"

namespace retraind::testing {

inline const std::string post_urls = "POST /images/urls";

/// What the service says of one address.
inline std::string said(const std::string& url, const std::string& status, std::uint8_t image = 0) {
    const std::string head =
        R"({"sourceUrl":")" + url + R"(","status":")" + status + R"(","image":)";
    return image == 0 ? head + "null}"
                      : head + R"({"id":")" + to_string(numbered<image_id>(image)) + R"("}})";
}

inline std::string summary(const std::vector<std::string>& images) {
    return R"({"isBatchSuccessful":true,"images":)" + list_json(images) + "}";
}

inline std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A multi-label project with the tags cats (7) and dogs (8), whose lists are sent.
struct list_fixture : project_fixture {
    explicit list_fixture(disposal::options becomes = {}) : project_fixture(std::move(becomes)) {
        state.identity.kind = pipeline::project_type::multilabel;
        service.tags = list_json({tag_json(7, "cats"), tag_json(8, "dogs")});
        BOOST_TEST_REQUIRE(run(tags.refresh()).has_value());
    }

    /// A list on the disk that its watcher has found.
    file_fingerprint drop_list(const std::string& path, const std::string& text) {
        watch::found_file file;
        file.path = path;
        file.identity =
            intake::image_file::open(folder.write("drop/" + path, text)).value().identity();
        file.print = fingerprint(drop(), path, file.identity);
        lists.arrive(0, file);
        return file.print;
    }
    /// An address that the ledger knows from another list.
    void know(const std::string& url, std::uint8_t image, std::vector<std::string> labels) {
        ledger::url_outcome known;
        known.url = url;
        known.image = numbered<image_id>(image);
        known.labels = std::move(labels);
        known.at = time.wall_at;
        memory.urls.push_back(known);
    }
    void send_all() {
        send_until([this] { return lists.idle(); });
    }
    void send_until(const std::function<bool()>& reached) {
        std::vector<task<void>> loops;
        loops.push_back(lists.run());
        loops.push_back(tagging.run());
        run_until(all_of(std::move(loops)), reached);
    }
    [[nodiscard]] std::string result(const std::string& path) const {
        return content(folder.at("drop/" + path + ".result.csv"));
    }
    [[nodiscard]] static std::string id(std::uint8_t number) {
        return to_string(numbered<image_id>(number));
    }

    pipeline::url_list_loop::options chosen{{duration::zero(), duration::zero()}};
    pipeline::tagging_loop tagging{state, ends};
    pipeline::url_list_loop lists{state, ends, tagging, chosen, [this] {
                                      ++confirmed_heard;
                                  }};
};

} // namespace retraind::testing
