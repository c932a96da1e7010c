#include "retraind/portal/view_codec.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "retraind/base/text.hpp"
#include "retraind/base/units.hpp"
#include "retraind/portal/table_codec.hpp"

namespace retraind::portal {
namespace {

using records = std::vector<record>;
using facts = std::vector<std::pair<std::string, std::string>>;

const record* domain_of(const records& domains, const std::string& id) {
    const auto found = std::find_if(domains.begin(), domains.end(),
                                    [&](const record& each) { return each.id_text() == id; });
    return found == domains.end() ? nullptr : &*found;
}

/// The name where the service says it, else the id.
std::string domain_name(const records& domains, const std::string& id) {
    const record* found = domain_of(domains, id);
    return found == nullptr ? id : found->name();
}

std::string domain_type(const records& domains, const std::string& id) {
    const record* found = domain_of(domains, id);
    return found == nullptr ? std::string() : found->text("type");
}

std::string utc(const std::string& minute) {
    return minute.empty() ? minute : minute + " UTC";
}

std::string share(std::optional<double> number) {
    constexpr double percent = 100;
    return number ? fmt::format("{:.1f} %", *number * percent) : std::string();
}

std::string counted(std::uint64_t number, std::string_view what) {
    return fmt::format("{} {}{}", format_count(number), what, number == 1 ? "" : "s");
}

std::string published_names(const records& iterations) {
    std::vector<std::string> names;
    for (const record& each : iterations) {
        if (const std::string name = each.text("publishName"); !name.empty()) {
            names.push_back(fmt::format("\"{}\" ({})", name, each.name()));
        }
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

std::string tag_scores(const record& performance, std::optional<std::size_t> width) {
    const records tags = performance.records("perTagPerformance");
    if (tags.empty()) {
        return {};
    }
    table scores({{"tag", false, true},
                  {"precision", true, false},
                  {"recall", true, false},
                  {"average precision", true, false}});
    for (const record& each : tags) {
        scores.add({each.name(), share(each.number("precision")), share(each.number("recall")),
                    share(each.number("averagePrecision"))});
    }
    return "\n" + scores.text(width);
}

/// The service lists in no order of its own (CONTRACT.md section 2.1); people look for names.
records by_name(records from) {
    std::stable_sort(from.begin(), from.end(), [](const record& left, const record& right) {
        return left.name() < right.name();
    });
    return from;
}

} // namespace

std::string projects_table(const records& projects, const records& domains,
                           std::optional<std::size_t> width) {
    table rows({{"name", false, true},
                {"type"},
                {"classification"},
                {"domain"},
                {"created (UTC)"},
                {"id"}});
    for (const record& each : by_name(projects)) {
        const std::string domain = each.text("settings", "domainId");
        rows.add({each.name(), domain_type(domains, domain),
                  each.text("settings", "classificationType"), domain_name(domains, domain),
                  each.minute("created"), each.id_text()});
    }
    return rows.text(width);
}

std::string tags_table(const records& tags, std::optional<std::size_t> width) {
    table rows({{"name", false, true}, {"type"}, {"images", true}, {"id"}});
    for (const record& each : by_name(tags)) {
        rows.add({each.name(), each.text("type"), format_count(each.count("imageCount")),
                  each.id_text()});
    }
    return rows.text(width);
}

std::string iterations_table(const records& iterations, std::optional<std::size_t> width) {
    table rows({{"name", false, true},
                {"status"},
                {"training"},
                {"trained (UTC)"},
                {"published as", false, true},
                {"id"}});
    for (const record& each : iterations) {
        rows.add({each.name(), each.text("status"), each.text("trainingType"),
                  each.minute("trainedAt"), each.text("publishName"), each.id_text()});
    }
    return rows.text(width);
}

std::string project_view(const project_contents& shown, const records& domains) {
    const record& project = shown.project;
    const std::string domain = project.text("settings", "domainId");
    return fact_lines({{"name", project.name()},
                       {"id", project.id_text()},
                       {"description", project.text("description")},
                       {"type", domain_type(domains, domain)},
                       {"classification", project.text("settings", "classificationType")},
                       {"domain", domain_name(domains, domain)},
                       {"status", project.text("status")},
                       {"read-only", project.flag("drModeEnabled") ? "yes" : ""},
                       {"created", utc(project.minute("created"))},
                       {"changed", utc(project.minute("lastModified"))},
                       {"images", format_count(shown.images)},
                       {"tags", format_count(shown.tags.size())},
                       {"iterations", format_count(shown.iterations.size())},
                       {"published", published_names(shown.iterations)}});
}

std::string tag_view(const record& tag) {
    return fact_lines({{"name", tag.name()},
                       {"id", tag.id_text()},
                       {"description", tag.text("description")},
                       {"type", tag.text("type")},
                       {"images", format_count(tag.count("imageCount"))}});
}

std::string iteration_view(const record& iteration, const std::optional<record>& performance,
                           const records& domains, std::optional<std::size_t> width) {
    const std::string domain = iteration.text("domainId");
    facts lines{{"name", iteration.name()},
                {"id", iteration.id_text()},
                {"status", iteration.text("status")},
                {"error", iteration.text("trainingErrorDetails")},
                {"training", iteration.text("trainingType")},
                {"created", utc(iteration.minute("created"))},
                {"trained", utc(iteration.minute("trainedAt"))},
                {"minutes", iteration.text("trainingTimeInMinutes")},
                {"domain", domain_name(domains, domain)},
                {"classification", iteration.text("classificationType")},
                {"published as", iteration.text("publishName")},
                {"published to", iteration.text("originalPublishResourceId")}};
    if (!performance) {
        return fact_lines(lines);
    }
    lines.emplace_back("precision", share(performance->number("precision")));
    lines.emplace_back("recall", share(performance->number("recall")));
    lines.emplace_back("average precision", share(performance->number("averagePrecision")));
    return fact_lines(lines) + tag_scores(*performance, width);
}

std::string loss_of_project(const project_contents& lost) {
    const std::string names = published_names(lost.iterations);
    return fmt::format("  the project \"{}\" ({}) with {}, {} and {}{}\n",
                       printable(lost.project.name()), lost.project.id_text(),
                       counted(lost.images, "image"), counted(lost.tags.size(), "tag"),
                       counted(lost.iterations.size(), "iteration"),
                       names.empty() ? "" : "; published: " + printable(names));
}

std::string loss_of_tag(const record& tag) {
    const std::uint64_t images = tag.count("imageCount");
    return fmt::format(
        "  the tag \"{}\" ({}){}\n", printable(tag.name()), tag.id_text(),
        images == 0 ? ", which no image has"
                    : fmt::format("; {} {} it and stay{} in the project", counted(images, "image"),
                                  images == 1 ? "loses" : "lose", images == 1 ? "s" : ""));
}

std::string loss_of_iteration(const record& iteration) {
    return fmt::format(
        "  the iteration \"{}\" ({}, trained {}), and images that only it still has\n",
        printable(iteration.name()), iteration.id_text(),
        iteration.minute("trainedAt").empty() ? "never" : utc(iteration.minute("trainedAt")));
}

} // namespace retraind::portal
