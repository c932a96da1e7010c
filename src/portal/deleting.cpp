#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "steps.hpp"

namespace retraind::portal {
namespace {

using customvision::answer;
using customvision::document_address;
using records = std::vector<record>;

std::string_view kind_of(subject about) {
    switch (about) {
    case subject::projects:
        return "project";
    case subject::tags:
        return "tag";
    case subject::iterations:
        break;
    }
    return "iteration";
}

/// The service refuses to delete what predictions ask for; said before anything is deleted.
attempt<bool> refuse_published(const records& iterations) {
    for (const record& each : iterations) {
        const std::string published = each.text("publishName");
        if (!published.empty()) {
            return tl::unexpected(trouble{
                ending::failed,
                fmt::format("\"{}\" is published as \"{}\" and predictions may be asked of it; "
                            "unpublish it in the portal first. Nothing was deleted",
                            printable(each.name()), printable(published))});
        }
    }
    return true;
}

task<attempt<std::string>> loss_of(service_reader& service, subject about, record object) {
    if (about == subject::tags) {
        co_return loss_of_tag(object);
    }
    if (about == subject::iterations) {
        co_return loss_of_iteration(object);
    }
    const attempt<project_contents> whole = co_await service.contents(std::move(object));
    co_return whole.map([](const project_contents& lost) { return loss_of_project(lost); });
}

task<attempt<bool>> add_doomed(service_reader& service, deletion& planned, record object) {
    document_address where = document_of(planned.about, planned.project, object);
    const attempt<std::string> text = co_await service.body(std::move(where));
    if (!text) {
        co_return tl::unexpected(text.error());
    }
    record shown = object;
    const attempt<std::string> loss = co_await loss_of(service, planned.about, std::move(shown));
    if (!loss) {
        co_return tl::unexpected(loss.error());
    }
    doomed next;
    next.object = std::move(object);
    next.loss = *loss;
    next.json = on_one_line(*text);
    planned.things.push_back(std::move(next));
    co_return true;
}

task<attempt<records>> selected_of(service_reader& service, deletion& planned,
                                   const request& asked) {
    document_address where = customvision::projects_document();
    service_reader::finder find = find_project;
    if (asked.about != subject::projects) {
        std::string word = asked.project;
        const attempt<record> owner = co_await service.project(std::move(word));
        if (!owner) {
            co_return tl::unexpected(owner.error());
        }
        planned.project = owner->id<project_id>();
        const bool tags = asked.about == subject::tags;
        where = tags ? customvision::tags_document(planned.project)
                     : customvision::iterations_document(planned.project);
        find = tags ? find_tag : find_iteration;
    }
    const attempt<records> all = co_await service.list(std::move(where));
    if (!all) {
        co_return tl::unexpected(all.error());
    }
    co_return service_reader::select(*all, asked.names, find);
}

task<answer<void>> erase(customvision::training_client& client, const deletion& planned,
                         const record& object) {
    switch (planned.about) {
    case subject::projects:
        co_return co_await client.delete_project(object.id<project_id>());
    case subject::tags:
        co_return co_await client.delete_tag(planned.project, object.id<tag_id>());
    case subject::iterations:
        break;
    }
    co_return co_await client.delete_iteration(planned.project, object.id<iteration_id>());
}

} // namespace

task<attempt<deletion>> plan_deletion(service_reader& service, request asked) {
    deletion planned;
    planned.about = asked.about;
    const attempt<records> selected = co_await selected_of(service, planned, asked);
    if (!selected) {
        co_return tl::unexpected(selected.error());
    }
    if (asked.about == subject::iterations) {
        const attempt<bool> free = refuse_published(*selected);
        if (!free) {
            co_return tl::unexpected(free.error());
        }
    }
    for (const record& each : *selected) {
        record object = each;
        const attempt<bool> added = co_await add_doomed(service, planned, std::move(object));
        if (!added) {
            co_return tl::unexpected(added.error());
        }
    }
    co_return planned;
}

task<attempt<bool>> carry_out(service_reader& service, deletion planned, bool json,
                              const console& with) {
    std::size_t gone = 0;
    for (const doomed& each : planned.things) {
        const auto call = [&] {
            return erase(service.client(), planned, each.object);
        };
        const answer<void> erased = co_await patiently(call);
        if (!erased) {
            trouble why = service.explain_write(erased.error());
            why.sentence = fmt::format("the {} \"{}\" was not deleted: {}", kind_of(planned.about),
                                       printable(each.object.name()), why.sentence);
            if (planned.things.size() > 1) {
                why.sentence += fmt::format("; {} of {} are gone", gone, planned.things.size());
            }
            co_return tl::unexpected(std::move(why));
        }
        ++gone;
        with.out(json ? each.json + "\n"
                      : fmt::format("deleted the {} \"{}\" ({})\n", kind_of(planned.about),
                                    printable(each.object.name()), each.object.id_text()));
    }
    co_return true;
}

} // namespace retraind::portal
