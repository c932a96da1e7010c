#include "retraind/portal/check_rules.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/base/units.hpp"
#include "retraind/portal/selection_rules.hpp"

namespace retraind::portal {
namespace {

using records = std::vector<record>;

constexpr auto most_skew = std::chrono::minutes(5);

std::string_view word_of(mark judged) {
    switch (judged) {
    case mark::ok:
        return "ok";
    case mark::wrong:
        return "wrong";
    case mark::cannot_tell:
        break;
    }
    return "cannot tell";
}

finding about(const config::project_block& wanted, mark judged, std::string_view what,
              std::string sentence) {
    return {judged, fmt::format("{}: {}", printable(wanted.label()), what), std::move(sentence)};
}

presence only(finding found) {
    return {std::move(found), std::nullopt};
}

presence judge_missing(const config::project_block& wanted, const records& projects,
                       const records& domains, const quota& limits) {
    if (!wanted.create) {
        return only(about(wanted, mark::wrong, "project",
                          fmt::format("there is none of that name; run retraind projects create "
                                      "\"{}\", or write create: {{}} beside its name",
                                      printable(wanted.name))));
    }
    if (projects.size() >= limits.projects) {
        return only(about(wanted, mark::wrong, "project",
                          fmt::format("there is none of that name and no room to make it: {} of {} "
                                      "projects; delete one, or correct service.tier",
                                      projects.size(), limits.projects)));
    }
    const result<const record*> domain =
        find_domain(domains, wanted.create->type, wanted.create->domain);
    if (!domain) {
        return only(about(wanted, mark::wrong, "create.domain",
                          domain.error().message + "; correct create.domain"));
    }
    return only(about(wanted, mark::ok, "project",
                      fmt::format("there is none yet; retraind makes it when it runs ({} of {} "
                                  "projects are there)",
                                  projects.size(), limits.projects)));
}

const record* with_id(const records& from, const std::string& id) {
    const auto found = std::find_if(from.begin(), from.end(),
                                    [&](const record& each) { return each.id_text() == id; });
    return found == from.end() ? nullptr : &*found;
}

std::string fill(std::uint64_t used, std::uint64_t limit, std::string_view what) {
    return fmt::format("{} of {} {}", format_count(used), format_count(limit), what);
}

bool holds(std::string_view left, std::string_view right) {
    return same_but_case(left, right);
}

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        parts.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

finding judge_target(const config::project_block& wanted, const records& iterations) {
    const std::string& target = wanted.publish->prediction_resource_id;
    constexpr std::string_view what = "publish.prediction_resource_id";
    if (!has_shape_of_resource(target)) {
        return about(wanted, mark::wrong, what,
                     "is no resource id; copy it whole from the prediction resource's Properties "
                     "page: /subscriptions/…/resourceGroups/…/providers/"
                     "Microsoft.CognitiveServices/accounts/…");
    }
    const auto proof = std::find_if(iterations.begin(), iterations.end(), [&](const record& each) {
        return holds(each.text("originalPublishResourceId"), target);
    });
    if (proof != iterations.end()) {
        return about(wanted, mark::ok, what,
                     fmt::format("\"{}\" is published to it", printable(proof->name())));
    }
    return about(wanted, mark::cannot_tell, what,
                 "is written as a resource id is, and nothing is published to it yet; whether it "
                 "is a prediction resource of this region shows only when an iteration is "
                 "published");
}

finding judge_name(const config::project_block& wanted, const records& iterations,
                   bool takes_names_over) {
    const std::string& name = wanted.publish->name;
    const auto holder = std::find_if(iterations.begin(), iterations.end(), [&](const record& each) {
        return each.text("publishName") == name;
    });
    if (holder == iterations.end()) {
        return about(wanted, mark::ok, "publish.name",
                     fmt::format("\"{}\" is free", printable(name)));
    }
    std::string sentence =
        fmt::format("\"{}\" is carried by \"{}\"", printable(name), printable(holder->name()));
    const std::string target = holder->text("originalPublishResourceId");
    if (!target.empty() && !holds(target, wanted.publish->prediction_resource_id)) {
        return about(wanted, mark::wrong, "publish.name",
                     fmt::format("{} on another prediction resource, {}; the next publish would "
                                 "take it from there: choose another name, or write that resource",
                                 sentence, printable(target)));
    }
    sentence += takes_names_over
                    ? "; the next publish takes it over"
                    : "; this api_version cannot take it over, so predictions stop for "
                      "a moment at each publish (v3.3 can)";
    return about(wanted, mark::ok, "publish.name", std::move(sentence));
}

} // namespace

std::string line_of(const finding& found) {
    return fmt::format("{:<13}{}: {}\n", word_of(found.judged), found.about, found.sentence);
}

quota quota_of(config::tier pricing) {
    return pricing == config::tier::f0 ? quota{2, 5'000, 50, 20} : quota{};
}

finding judge_clock(std::optional<wall_time> service, wall_time here) {
    if (!service) {
        return {mark::cannot_tell, "clock", "the service's answer has no Date"};
    }
    const auto skew = here - *service;
    const bool ahead = skew > duration::zero();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(ahead ? skew : -skew);
    const std::string words =
        fmt::format("{} {} the service's", format_duration(seconds), ahead ? "ahead of" : "behind");
    if (seconds > most_skew) {
        return {mark::wrong, "clock",
                words + "; set this machine's clock (timedatectl set-ntp true)"};
    }
    return {mark::ok, "clock", seconds.count() <= 1 ? "within a second of the service's" : words};
}

presence judge_presence(const config::project_block& wanted, const records& projects,
                        const records& domains, const quota& limits) {
    if (wanted.id) {
        if (const record* found = with_id(projects, to_string(*wanted.id))) {
            return {about(wanted, mark::ok, "project",
                          fmt::format("\"{}\", {}", printable(found->name()), found->id_text())),
                    *found};
        }
        return only(about(wanted, mark::wrong, "project",
                          fmt::format("there is none with the id {}; retraind projects list shows "
                                      "what there is",
                                      to_string(*wanted.id))));
    }
    const auto count = std::count_if(projects.begin(), projects.end(), [&](const record& each) {
        return each.name() == wanted.name;
    });
    if (count == 0) {
        return judge_missing(wanted, projects, domains, limits);
    }
    const result<const record*> found = find_project(projects, wanted.name);
    if (count > 1 || !found) {
        return only(about(wanted, mark::wrong, "project",
                          found ? "several have that name" : found.error().message));
    }
    return {about(wanted, mark::ok, "project", (*found)->id_text()), **found};
}

std::vector<finding> judge_kind(const config::project_block& wanted, const record& project,
                                const records& domains) {
    std::vector<finding> found;
    if (project.flag("drModeEnabled")) {
        found.push_back(about(wanted, mark::wrong, "project",
                              "is read-only for now (the service is recovering in another region); "
                              "nothing can be sent until that is over"));
    }
    if (!wanted.create) {
        return found;
    }
    const record* domain = with_id(domains, project.text("settings", "domainId"));
    const auto differs = [&](std::string_view what, const std::string& is,
                             const std::string& wished) {
        found.push_back(about(
            wanted, mark::wrong, fmt::format("create.{}", what),
            fmt::format("says {}, but the project is {}; retraind does not change a project that "
                        "is there: correct create.{}, or change the project in the portal",
                        wished, is, what)));
    };
    const config::create_block& wish = *wanted.create;
    const std::string type = domain == nullptr ? "" : domain->text("type");
    if (!type.empty() && type != wish.type) {
        differs("type", type, wish.type);
        return found;
    }
    const std::size_t before = found.size();
    if (domain != nullptr && domain->name() != wish.domain && domain->id_text() != wish.domain) {
        differs("domain", domain->name(), wish.domain);
    }
    const std::string kind = project.text("settings", "classificationType");
    const std::string wished_kind = wish.multilabel ? "Multilabel" : "Multiclass";
    if (wish.type == "Classification" && !kind.empty() && kind != wished_kind) {
        differs("classification", kind, wished_kind);
    }
    if (found.size() == before) {
        found.push_back(about(wanted, mark::ok, "create",
                              fmt::format("the project is as it says: {}{}{}, {}", wish.type,
                                          kind.empty() ? "" : ", ", kind,
                                          domain == nullptr ? wish.domain : domain->name())));
    }
    return found;
}

std::vector<finding> judge_room(const config::project_block& wanted, const project_contents& has,
                                const quota& limits) {
    std::vector<finding> found;
    const std::string images = fill(has.images, limits.images, "images");
    found.push_back(has.images < limits.images
                        ? about(wanted, mark::ok, "images", images)
                        : about(wanted, mark::wrong, "images",
                                images + ", no room for another; delete some in the portal, or "
                                         "correct service.tier"));
    if (!wanted.retrain) {
        return found;
    }
    const std::string iterations = fill(has.iterations.size(), limits.iterations, "iterations");
    found.push_back(has.iterations.size() < limits.iterations
                        ? about(wanted, mark::ok, "iterations", iterations)
                        : about(wanted, mark::wrong, "iterations",
                                fmt::format("{}, no training is taken; delete old ones: retraind "
                                            "iterations delete \"{}\" …",
                                            iterations, printable(wanted.label()))));
    return found;
}

std::vector<finding> judge_publish(const config::project_block& wanted, const records& iterations,
                                   bool takes_names_over) {
    if (!wanted.publish) {
        return {};
    }
    return {judge_target(wanted, iterations), judge_name(wanted, iterations, takes_names_over)};
}

bool has_shape_of_resource(std::string_view id) {
    constexpr std::size_t parts_of_an_id = 9;
    const std::vector<std::string_view> parts = parts_of(id);
    if (parts.size() != parts_of_an_id || !parts[0].empty() || parts[4].empty() ||
        parts[8].empty()) {
        return false;
    }
    return holds(parts[1], "subscriptions") && parse_guid(parts[2]) &&
           holds(parts[3], "resourceGroups") && holds(parts[5], "providers") &&
           holds(parts[6], "Microsoft.CognitiveServices") && holds(parts[7], "accounts");
}

} // namespace retraind::portal
