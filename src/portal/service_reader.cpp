#include "service_reader.hpp"

#include <algorithm>
#include <utility>

namespace retraind::portal {

using customvision::answer;
using customvision::document;

task<attempt<std::string>> service_reader::body(customvision::document_address where) {
    answer<document> found = co_await client_.read_document(std::move(where));
    if (!found) {
        co_return tl::unexpected(explain(found.error(), service_));
    }
    co_return std::move(found->body);
}

task<attempt<std::vector<record>>> service_reader::list(customvision::document_address where) {
    const attempt<std::string> text = co_await body(std::move(where));
    if (!text) {
        co_return tl::unexpected(text.error());
    }
    co_return parse_records(*text).map_error(trouble_of);
}

task<attempt<record>> service_reader::one(customvision::document_address where) {
    const attempt<std::string> text = co_await body(std::move(where));
    if (!text) {
        co_return tl::unexpected(text.error());
    }
    co_return parse_record(*text).map_error(trouble_of);
}

task<attempt<record>> service_reader::project(std::string word) {
    customvision::document_address where = customvision::projects_document();
    const attempt<std::vector<record>> all = co_await list(std::move(where));
    if (!all) {
        co_return tl::unexpected(all.error());
    }
    const result<const record*> found = find_project(*all, word);
    if (!found) {
        co_return tl::unexpected(trouble_of(found.error()));
    }
    co_return **found;
}

attempt<std::vector<record>> service_reader::select(const std::vector<record>& from,
                                                    const std::vector<std::string>& words,
                                                    finder find) {
    std::vector<record> selected;
    for (const std::string& word : words) {
        const result<const record*> found = find(from, word);
        if (!found) {
            return tl::unexpected(trouble_of(found.error()));
        }
        const bool again = std::any_of(selected.begin(), selected.end(), [&](const record& each) {
            return each.id_text() == (*found)->id_text();
        });
        if (!again) {
            selected.push_back(**found);
        }
    }
    return selected;
}

task<attempt<project_contents>> service_reader::contents(record project) {
    const auto id = project.id<project_id>();
    project_contents found;
    found.project = std::move(project);
    customvision::document_address tags = customvision::tags_document(id);
    attempt<std::vector<record>> of_tags = co_await list(std::move(tags));
    if (!of_tags) {
        co_return tl::unexpected(of_tags.error());
    }
    customvision::document_address iterations = customvision::iterations_document(id);
    attempt<std::vector<record>> of_iterations = co_await list(std::move(iterations));
    if (!of_iterations) {
        co_return tl::unexpected(of_iterations.error());
    }
    const answer<std::uint64_t> images = co_await client_.get_image_count(id);
    if (!images) {
        co_return tl::unexpected(explain(images.error(), service_));
    }
    found.tags = std::move(*of_tags);
    found.iterations = std::move(*of_iterations);
    found.images = *images;
    co_return found;
}

trouble service_reader::explain_write(const customvision::failure& why) const {
    trouble told = explain(why, service_);
    const bool unsent =
        why.meaning == customvision::verdict::unauthorised || why.cause.code == errc::certificate;
    if (why.status == 0 && !unsent) {
        told.sentence += "; whether it was done is not known, list shows it";
    }
    return told;
}

} // namespace retraind::portal
