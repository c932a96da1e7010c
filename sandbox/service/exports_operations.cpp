#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/domains.hpp"
#include "sandbox/service/guid.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/shapes.hpp"

namespace sandbox::service {

namespace {

/// A package is made as it is fetched, and could be Done at once; clients that poll are to see both
/// states.
constexpr ticks time_of_export = ticks_per_second / 2;

constexpr std::string_view platform = "DockerFile";
constexpr auto flavors = std::to_array<std::string_view>({"Linux", "Windows", "ARM"});

struct made_export {
    std::string platform;
    std::string flavor; ///< empty: none
    ticks ready = 0;
};

result<iteration> find_exportable(state& in, const call& asked) {
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    auto found = find_iteration(in, asked, owner->id);
    if (found && found->status != "Completed") {
        return refuse("BadRequestIterationIsNotTrained", "Iteration is not trained");
    }
    const domain* trained_on = found && found->domain_id ? find_domain(*found->domain_id) : nullptr;
    if (found && (trained_on == nullptr || !trained_on->exportable())) {
        return refuse("BadRequestExportValidationFailed",
                      "Only iterations of compact domains can be exported");
    }
    return found;
}

/// The flavor in its own spelling; empty where none is asked for.
result<std::string> wanted_flavor(const call& asked) {
    const auto wanted = asked.required("platform");
    if (!wanted) {
        return refusal_of(wanted);
    }
    if (!http::equal_without_case(*wanted, platform)) {
        return refuse(
            "BadRequestExportValidationFailed",
            fmt::format("This sandbox exports no platform {}, only {}", *wanted, platform));
    }
    const std::string flavor = asked.query("flavor").value_or("");
    const auto known = std::find_if(flavors.begin(), flavors.end(), [&](std::string_view each) {
        return http::equal_without_case(each, flavor);
    });
    if (!flavor.empty() && known == flavors.end()) {
        return refuse("BadRequestExportValidationFailed",
                      fmt::format("{} has no flavor {}", platform, flavor));
    }
    return flavor.empty() ? std::string() : std::string(*known);
}

std::vector<made_export> exports_of(state& in, const std::string& iteration_id) {
    std::vector<made_export> found;
    rows row = in.db.query("SELECT platform, flavor, ready FROM exports WHERE iteration_id = ? "
                           "ORDER BY ready, flavor",
                           iteration_id);
    while (row.next()) {
        found.push_back({row.text(0), row.text(1), row.integer(2)});
    }
    return found;
}

std::string blob_name(const std::string& iteration_id, const made_export& of) {
    return without_dashes(iteration_id) + "." + of.platform +
           (of.flavor.empty() ? "" : "." + of.flavor) + ".zip";
}

json::value export_shape(const state& in, const iteration& of, const made_export& shown,
                         ticks moment) {
    const bool is_done = shown.ready <= moment;
    json::object shape;
    shape["platform"] = shown.platform;
    shape["status"] = is_done ? "Done" : "Exporting";
    shape["downloadUri"] = nullptr;
    if (is_done) {
        shape["downloadUri"] = in.links.make_export(of.project_id, blob_name(of.id, shown), moment);
    }
    shape["flavor"] = shown.flavor.empty() ? json::value() : json::value(shown.flavor);
    shape["newerVersionAvailable"] = false;
    return shape;
}

} // namespace

outcome export_iteration(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto found = find_exportable(in, asked);
    const auto flavor = wanted_flavor(asked);
    if (!found || !flavor) {
        return found ? refusal_of(flavor) : refusal_of(found);
    }
    const ticks moment = now();
    for (const made_export& each : exports_of(in, found->id)) {
        if (each.flavor == *flavor && each.ready > moment) {
            return refuse("BadRequestExportAlreadyInProgress",
                          fmt::format("{} is already queued for export", found->id));
        }
    }
    const made_export made{std::string(platform), *flavor, moment + time_of_export};
    in.db.run("INSERT OR REPLACE INTO exports(iteration_id, platform, flavor, ready) "
              "VALUES(?, ?, ?, ?)",
              found->id, made.platform, made.flavor, made.ready);
    return json_response(200, export_shape(in, *found, made, moment));
}

outcome get_exports(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto found = find_iteration(in, asked, owner->id);
    if (!found) {
        return refusal_of(found);
    }
    const ticks moment = now();
    return json_response(200, array_of(exports_of(in, found->id), [&](const made_export& each) {
                             return export_shape(in, *found, each, moment);
                         }));
}

} // namespace sandbox::service
