#include "blocks.hpp"

namespace retraind::config {
namespace {

/// Whether `inner` is `outer` or lies below it; both are absolute and normal.
bool within(std::string_view inner, std::string_view outer) {
    if (!inner.starts_with(outer)) {
        return false;
    }
    return inner.size() == outer.size() || outer.ends_with('/') || inner[outer.size()] == '/';
}

/// Whoever clears the state of a daemon away, as a purge of the package does, means no picture.
bool kept_in_state(const place& pictures, const place& state) {
    return state.what == place::use::state && pictures.what != place::use::state &&
           within(pictures.path, state.path);
}

bool clash(const place& left, const place& right) {
    const bool watched = left.what == place::use::watched || right.what == place::use::watched;
    return (watched && (within(left.path, right.path) || within(right.path, left.path))) ||
           kept_in_state(left, right) || kept_in_state(right, left);
}

std::string sentence(const place& later, const place& earlier) {
    if (later.path == earlier.path) {
        return fmt::format("{} is {} already; give each its own folder", later.path, earlier.key);
    }
    const bool inside = within(later.path, earlier.path);
    return fmt::format("{} {} {} ({}); a watched folder must neither hold nor lie in another one, "
                       "in state, move_to or rejected, and no picture is kept in state",
                       later.path, inside ? "lies in" : "holds", earlier.path, earlier.key);
}

} // namespace

void note_place(reader& in, const YAML::Node& node, const std::string& path, place::use what,
                draft& whole) {
    const YAML::Mark mark = node.Mark();
    whole.places.push_back({in.path(), path, mark.line + 1, mark.column + 1, what});
}

void check_places(reader& in, const std::vector<place>& places) {
    for (std::size_t later = 1; later < places.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (clash(places[later], places[earlier])) {
                in.wrong_at(places[later].line, places[later].column, places[later].key,
                            sentence(places[later], places[earlier]));
                break;
            }
        }
    }
}

} // namespace retraind::config
