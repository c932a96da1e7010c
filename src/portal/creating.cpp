#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "steps.hpp"

namespace retraind::portal {
namespace {

using customvision::answer;
using customvision::document_address;
using records = std::vector<record>;

tl::unexpected<trouble> taken(std::string_view kind, const std::string& name,
                              const record& present) {
    const bool same = same_name(present.name(), name);
    return tl::unexpected(trouble{
        ending::failed,
        fmt::format("there is the {} \"{}\" ({}) already{}", kind, printable(present.name()),
                    present.id_text(),
                    same ? "" : fmt::format(", which differs from \"{}\" only in case", name))});
}

/// The names as they will be; fails on one that is taken or stands there twice. Tags must differ in
/// more than case: a label goes to the tag that differs only in case.
attempt<std::vector<std::string>> free_names(const records& present, const request& asked) {
    const bool tags = asked.about == subject::tags;
    std::vector<std::string> names;
    for (const std::string& word : asked.names) {
        const result<std::string> name = new_name(word);
        if (!name) {
            return tl::unexpected(trouble{ending::wrong_usage, name.error().message});
        }
        const auto collides = [&](std::string_view other) {
            return same_name(other, *name) || (tags && same_but_case(other, *name));
        };
        const auto found = std::find_if(present.begin(), present.end(),
                                        [&](const record& each) { return collides(each.name()); });
        if (found != present.end()) {
            return taken(tags ? "tag" : "project", *name, *found);
        }
        if (std::any_of(names.begin(), names.end(), collides)) {
            return tl::unexpected(trouble{ending::wrong_usage,
                                          fmt::format("\"{}\" is there twice", printable(*name))});
        }
        names.push_back(*name);
    }
    return names;
}

/// Says what was made: its line, or the service's own object.
task<attempt<bool>> say_made(service_reader& service, document_address where, bool json,
                             std::string line, const console& with) {
    if (!json) {
        with.out(line);
        co_return true;
    }
    const attempt<std::string> text = co_await service.body(std::move(where));
    if (!text) {
        co_return tl::unexpected(text.error());
    }
    with.out(on_one_line(*text) + "\n");
    co_return true;
}

struct planned_project {
    std::string name;
    config::create_block how;
    domain_id domain;
};

attempt<std::vector<planned_project>> plan_projects(const config::configuration& wanted,
                                                    const request& asked, const records& domains,
                                                    const std::vector<std::string>& names) {
    std::vector<planned_project> planned;
    for (const std::string& name : names) {
        const attempt<config::create_block> how = settle_wishes(wanted, name, asked.create);
        if (!how) {
            return tl::unexpected(how.error());
        }
        const result<const record*> domain = find_domain(domains, how->type, how->domain);
        if (!domain) {
            return tl::unexpected(trouble_of(domain.error()));
        }
        planned.push_back({name, *how, (*domain)->id<domain_id>()});
    }
    return planned;
}

task<attempt<bool>> make_project(service_reader& service, planned_project one, bool json,
                                 const console& with) {
    std::optional<customvision::classification_type> kind;
    if (one.how.type == "Classification") {
        kind = one.how.multilabel ? customvision::classification_type::multilabel
                                  : customvision::classification_type::multiclass;
    }
    const auto call = [&] {
        return service.client().create_project(one.name, one.domain, kind);
    };
    const answer<customvision::project> made = co_await patiently(call);
    if (!made) {
        co_return tl::unexpected(service.explain_write(made.error()));
    }
    std::string line =
        fmt::format("made the project \"{}\" ({})\n", printable(made->name), to_string(made->id));
    document_address where = customvision::project_document(made->id);
    co_return co_await say_made(service, std::move(where), json, std::move(line), with);
}

task<attempt<bool>> create_projects(service_reader& service, const config::configuration& wanted,
                                    const request& asked, const console& with) {
    document_address of_projects = customvision::projects_document();
    const attempt<records> present = co_await service.list(std::move(of_projects));
    if (!present) {
        co_return tl::unexpected(present.error());
    }
    const attempt<std::vector<std::string>> names = free_names(*present, asked);
    if (!names) {
        co_return tl::unexpected(names.error());
    }
    document_address of_domains = customvision::domains_document();
    const attempt<records> domains = co_await service.list(std::move(of_domains));
    if (!domains) {
        co_return tl::unexpected(domains.error());
    }
    const auto planned = plan_projects(wanted, asked, *domains, *names);
    if (!planned) {
        co_return tl::unexpected(planned.error());
    }
    for (const planned_project& each : *planned) {
        planned_project one = each;
        const attempt<bool> made = co_await make_project(service, std::move(one), asked.json, with);
        if (!made) {
            co_return made;
        }
    }
    co_return true;
}

task<attempt<bool>> make_tag(service_reader& service, project_id project, std::string name,
                             const request& asked, const console& with) {
    const auto type = asked.tag_type == "Negative" ? customvision::tag_type::negative
                                                   : customvision::tag_type::regular;
    const auto call = [&] {
        return service.client().create_tag(project, name, type);
    };
    const answer<customvision::tag> made = co_await patiently(call);
    if (!made) {
        co_return tl::unexpected(service.explain_write(made.error()));
    }
    std::string line =
        fmt::format("made the tag \"{}\" ({})\n", printable(made->name), to_string(made->id));
    document_address where = customvision::tag_document(project, made->id);
    co_return co_await say_made(service, std::move(where), asked.json, std::move(line), with);
}

task<attempt<bool>> create_tags(service_reader& service, const request& asked,
                                const console& with) {
    std::string word = asked.project;
    const attempt<record> owner = co_await service.project(std::move(word));
    if (!owner) {
        co_return tl::unexpected(owner.error());
    }
    const auto project = owner->id<project_id>();
    document_address of_tags = customvision::tags_document(project);
    const attempt<records> present = co_await service.list(std::move(of_tags));
    if (!present) {
        co_return tl::unexpected(present.error());
    }
    const attempt<std::vector<std::string>> names = free_names(*present, asked);
    if (!names) {
        co_return tl::unexpected(names.error());
    }
    for (const std::string& each : *names) {
        std::string name = each;
        const attempt<bool> made =
            co_await make_tag(service, project, std::move(name), asked, with);
        if (!made) {
            co_return made;
        }
    }
    co_return true;
}

} // namespace

attempt<config::create_block> settle_wishes(const config::configuration& wanted,
                                            const std::string& name, const create_wishes& wishes) {
    config::create_block how;
    for (const config::project_block& each : wanted.projects) {
        if (each.create && same_name(each.name, name)) {
            how = *each.create;
        }
    }
    if (wishes.type && *wishes.type != how.type) {
        how.type = *wishes.type;
        how.domain = config::create_block().domain; // the configured one is of the other type
    }
    if (wishes.classification && how.type == "ObjectDetection") {
        return tl::unexpected(trouble{
            ending::wrong_usage,
            fmt::format("\"{}\" would detect objects; --classification is for classification",
                        printable(name))});
    }
    how.domain = wishes.domain.value_or(how.domain);
    how.multilabel =
        wishes.classification ? *wishes.classification == "Multilabel" : how.multilabel;
    return how;
}

task<attempt<bool>> create(service_reader& service, const config::configuration& wanted,
                           request asked, const console& with) {
    if (asked.about == subject::projects) {
        co_return co_await create_projects(service, wanted, asked, with);
    }
    co_return co_await create_tags(service, asked, with);
}

} // namespace retraind::portal
