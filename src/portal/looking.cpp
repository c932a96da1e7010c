// list and show.
#include <utility>

#include "steps.hpp"

namespace retraind::portal {
namespace {

using customvision::document_address;
using records = std::vector<record>;

document_address list_of(subject about, project_id project) {
    switch (about) {
    case subject::projects:
        return customvision::projects_document();
    case subject::tags:
        return customvision::tags_document(project);
    case subject::iterations:
        break;
    }
    return customvision::iterations_document(project);
}

service_reader::finder finder_of(subject about) {
    switch (about) {
    case subject::projects:
        return find_project;
    case subject::tags:
        return find_tag;
    case subject::iterations:
        break;
    }
    return find_iteration;
}

/// The project that tags and iterations are of; the nil id for projects.
task<attempt<project_id>> project_of(service_reader& service, const request& asked) {
    if (asked.about == subject::projects) {
        co_return project_id{};
    }
    std::string word = asked.project;
    const attempt<record> found = co_await service.project(std::move(word));
    if (!found) {
        co_return tl::unexpected(found.error());
    }
    co_return found->id<project_id>();
}

task<attempt<std::string>> list(service_reader& service, const request& asked, project_id project,
                                std::optional<std::size_t> width) {
    document_address where = list_of(asked.about, project);
    attempt<std::string> text = co_await service.body(std::move(where));
    if (!text) {
        co_return text;
    }
    if (asked.json) {
        text->push_back('\n');
        co_return text;
    }
    const attempt<records> all = parse_records(*text).map_error(trouble_of);
    if (!all) {
        co_return tl::unexpected(all.error());
    }
    if (asked.about == subject::tags) {
        co_return tags_table(*all, width);
    }
    if (asked.about == subject::iterations) {
        co_return iterations_table(*all, width);
    }
    document_address of_domains = customvision::domains_document();
    const attempt<records> domains = co_await service.list(std::move(of_domains));
    co_return domains.map([&](const records& known) { return projects_table(*all, known, width); });
}

task<attempt<std::string>> view_of_project(service_reader& service, record object) {
    const attempt<project_contents> whole = co_await service.contents(std::move(object));
    if (!whole) {
        co_return tl::unexpected(whole.error());
    }
    document_address of_domains = customvision::domains_document();
    const attempt<records> domains = co_await service.list(std::move(of_domains));
    co_return domains.map([&](const records& known) { return project_view(*whole, known); });
}

task<attempt<std::string>> view_of_iteration(service_reader& service, project_id project,
                                             record object, std::optional<std::size_t> width) {
    std::optional<record> performance;
    if (object.text("status") == "Completed") {
        document_address where =
            customvision::performance_document(project, object.id<iteration_id>());
        attempt<record> scores = co_await service.one(std::move(where));
        if (!scores) {
            co_return tl::unexpected(scores.error());
        }
        performance = std::move(*scores);
    }
    document_address of_domains = customvision::domains_document();
    const attempt<records> domains = co_await service.list(std::move(of_domains));
    co_return domains.map(
        [&](const records& known) { return iteration_view(object, performance, known, width); });
}

task<attempt<std::string>> show_one(service_reader& service, const request& asked,
                                    project_id project, const record& object,
                                    std::optional<std::size_t> width) {
    document_address where = document_of(asked.about, project, object);
    const attempt<std::string> text = co_await service.body(std::move(where));
    if (!text) {
        co_return text;
    }
    if (asked.json) {
        co_return on_one_line(*text) + "\n";
    }
    attempt<record> whole = parse_record(*text).map_error(trouble_of);
    if (!whole) {
        co_return tl::unexpected(whole.error());
    }
    if (asked.about == subject::tags) {
        co_return tag_view(*whole);
    }
    record shown = std::move(*whole);
    if (asked.about == subject::projects) {
        co_return co_await view_of_project(service, std::move(shown));
    }
    co_return co_await view_of_iteration(service, project, std::move(shown), width);
}

task<attempt<std::string>> show(service_reader& service, const request& asked, project_id project,
                                std::optional<std::size_t> width) {
    document_address where = list_of(asked.about, project);
    const attempt<records> all = co_await service.list(std::move(where));
    if (!all) {
        co_return tl::unexpected(all.error());
    }
    const attempt<records> selected =
        service_reader::select(*all, asked.names, finder_of(asked.about));
    if (!selected) {
        co_return tl::unexpected(selected.error());
    }
    std::string text;
    for (const record& each : *selected) {
        const attempt<std::string> one = co_await show_one(service, asked, project, each, width);
        if (!one) {
            co_return one;
        }
        text += text.empty() || asked.json ? "" : "\n";
        text += *one;
    }
    co_return text;
}

} // namespace

document_address document_of(subject about, project_id project, const record& object) {
    switch (about) {
    case subject::projects:
        return customvision::project_document(object.id<project_id>());
    case subject::tags:
        return customvision::tag_document(project, object.id<tag_id>());
    case subject::iterations:
        break;
    }
    return customvision::iteration_document(project, object.id<iteration_id>());
}

task<attempt<std::string>> look(service_reader& service, request asked,
                                std::optional<std::size_t> width) {
    const attempt<project_id> project = co_await project_of(service, asked);
    if (!project) {
        co_return tl::unexpected(project.error());
    }
    if (asked.wanted == action::list) {
        co_return co_await list(service, asked, *project, width);
    }
    co_return co_await show(service, asked, *project, width);
}

} // namespace retraind::portal
