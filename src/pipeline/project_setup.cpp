#include "retraind/pipeline/project_setup.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace retraind::pipeline {
namespace {

using customvision::answer;
using customvision::failure;
using customvision::project;
using customvision::verdict;

tl::unexpected<failure> missing(std::string sentence) {
    failure why;
    why.meaning = verdict::missing_project;
    why.cause = {errc::not_found, std::move(sentence)};
    return tl::unexpected(std::move(why));
}

/// The one project of that name; several cannot be told apart.
answer<const project*> find_by_name(const std::vector<project>& projects, const std::string& name) {
    const project* found = nullptr;
    for (const project& each : projects) {
        if (each.name != name) {
            continue;
        }
        if (found != nullptr) {
            return missing(
                fmt::format("the service has several projects named \"{}\"; write the id "
                            "of the right one (the portal shows it as Project Id)",
                            name));
        }
        found = &each;
    }
    return found;
}

std::optional<domain_id> find_domain(const std::vector<customvision::domain>& domains,
                                     const config::create_block& wanted) {
    const auto found =
        std::find_if(domains.begin(), domains.end(), [&](const customvision::domain& each) {
            return each.type == wanted.type &&
                   (each.name == wanted.domain || to_string(each.id) == wanted.domain);
        });
    return found == domains.end() ? std::nullopt : std::optional(found->id);
}

task<answer<project>> create(shared& common, service_contact& contact, std::string name,
                             config::create_block wanted) {
    const answer<std::vector<customvision::domain>> domains = co_await common.client.get_domains();
    if (!contact.heard(domains, common.time.now())) {
        co_return tl::unexpected(domains.error());
    }
    const std::optional<domain_id> domain = find_domain(*domains, wanted);
    if (!domain) {
        co_return missing(fmt::format("the service has no {} domain \"{}\"; correct create.domain",
                                      wanted.type, wanted.domain));
    }
    std::optional<customvision::classification_type> kind;
    if (wanted.type == "Classification") {
        kind = customvision::classification_type::multiclass;
        if (wanted.multilabel) {
            kind = customvision::classification_type::multilabel;
        }
    }
    answer<project> made = co_await common.client.create_project(name, *domain, kind);
    if (contact.heard(made, common.time.now())) {
        common.events.emit({event_name::project_created,
                            severity::info,
                            name,
                            "made the project on the service",
                            {{"project_id", to_string(made->id)}, {"domain", wanted.domain}}});
    }
    co_return made;
}

} // namespace

task<answer<project>> find_or_create_project(shared& common, service_contact& contact,
                                             const config::project_block& wanted) {
    if (wanted.id) {
        answer<project> found = co_await common.client.get_project(*wanted.id);
        contact.heard(found, common.time.now());
        co_return found;
    }
    const answer<std::vector<project>> projects = co_await common.client.get_projects();
    if (!contact.heard(projects, common.time.now())) {
        co_return tl::unexpected(projects.error());
    }
    const answer<const project*> found = find_by_name(*projects, wanted.name);
    if (!found) {
        co_return tl::unexpected(found.error());
    }
    if (*found != nullptr) {
        co_return **found;
    }
    if (!wanted.create) {
        co_return missing(
            fmt::format("the service has no project \"{}\"; make it in the portal, or "
                        "let retraind make it with create: {{}}",
                        wanted.name));
    }
    answer<project> made = co_await create(common, contact, wanted.name, *wanted.create);
    co_return made;
}

} // namespace retraind::pipeline
