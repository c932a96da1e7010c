#include <fmt/format.h>

#include <limits>

#include "sandbox/service/body_codec.hpp"
#include "sandbox/service/operations.hpp"
#include "sandbox/service/shapes.hpp"

namespace sandbox::service {

namespace {

result<tagging> tagging_of(const call& asked) {
    const std::string wanted = asked.query("taggingStatus").value_or("All");
    if (http::equal_without_case(wanted, "All") || wanted.empty()) {
        return tagging::all;
    }
    if (http::equal_without_case(wanted, "Tagged")) {
        return tagging::tagged;
    }
    if (http::equal_without_case(wanted, "Untagged")) {
        return tagging::untagged;
    }
    return refuse("BadRequest", "Invalid value for parameter taggingStatus");
}

/// Lists take so many tags; counts take as many as they are given.
constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();

result<image_filter> filter_of(state& in, const call& asked, const std::string& project_id,
                               const result<tagging>& status, std::size_t most_tags) {
    if (!status) {
        return refusal_of(status);
    }
    auto metadata = parse_metadata_filter(asked.query("$filter").value_or(""));
    if (!metadata) {
        return refuse("BadRequest", "Invalid value for parameter $filter");
    }
    auto iteration_id = queried_iteration(in, asked, project_id);
    if (!iteration_id) {
        return refusal_of(iteration_id);
    }
    auto tag_ids = asked.ids("tagIds", most_tags);
    if (!tag_ids) {
        return refusal_of(tag_ids);
    }
    return image_filter{project_id, std::move(*iteration_id), *status, std::move(*tag_ids),
                        std::move(*metadata)};
}

result<page> page_of(const call& asked) {
    const auto take = asked.integer("take", page_default);
    const auto skip = asked.integer("skip", 0);
    if (!take || !skip) {
        return refusal_of(take ? skip : take);
    }
    if (*take < 0 || *take > static_cast<std::int64_t>(page_max) || *skip < 0) {
        return refuse("BadRequest", fmt::format("take is 0 to {}, skip 0 or more", page_max));
    }
    const std::string order = asked.query("orderBy").value_or("Newest");
    const bool oldest = http::equal_without_case(order, "Oldest");
    if (!oldest && !http::equal_without_case(order, "Newest")) {
        return refuse("BadRequest", "Invalid value for parameter orderBy");
    }
    return page{!oldest, static_cast<std::size_t>(*take), static_cast<std::size_t>(*skip)};
}

http::response images_response(const state& in, const std::vector<image>& images,
                               std::string_view project_id, int minor) {
    const ticks moment = now();
    return json_response(200, array_of(images, [&](const image& each) {
                             return image_shape(each, in.links.make(project_id, each.id, moment),
                                                tag_names::shown, minor);
                         }));
}

outcome list(state& in, const call& asked, const result<tagging>& status) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto filter = filter_of(in, asked, owner->id, status, filter_tags);
    const auto window = page_of(asked);
    if (!filter || !window) {
        return filter ? refusal_of(window) : refusal_of(filter);
    }
    return images_response(in, in.images.list(*filter, *window), owner->id, asked.minor);
}

outcome count(state& in, const call& asked, const result<tagging>& status) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto filter = filter_of(in, asked, owner->id, status, any_number);
    return filter.map(
        [&](const image_filter& wanted) { return json_response(200, in.images.count(wanted)); });
}

} // namespace

outcome get_images(state& in, const call& asked) {
    return list(in, asked, tagging_of(asked));
}

outcome get_image_count(state& in, const call& asked) {
    return count(in, asked, tagging_of(asked));
}

outcome get_tagged_images(state& in, const call& asked) {
    return list(in, asked, tagging::tagged);
}

outcome get_tagged_image_count(state& in, const call& asked) {
    return count(in, asked, tagging::tagged);
}

outcome get_untagged_images(state& in, const call& asked) {
    return list(in, asked, tagging::untagged);
}

outcome get_untagged_image_count(state& in, const call& asked) {
    return count(in, asked, tagging::untagged);
}

outcome get_images_by_ids(state& in, const call& asked) {
    const std::scoped_lock lock(in.guard);
    const auto owner = find_project(in, asked);
    if (!owner) {
        return refusal_of(owner);
    }
    const auto iteration_id = queried_iteration(in, asked, owner->id);
    const auto ids = asked.ids("imageIds", ids_per_call);
    if (!iteration_id || !ids) {
        return iteration_id ? refusal_of(ids) : refusal_of(iteration_id);
    }
    return images_response(in, in.images.find(owner->id, *iteration_id, *ids), owner->id,
                           asked.minor);
}

} // namespace sandbox::service
