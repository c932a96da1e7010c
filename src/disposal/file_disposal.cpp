#include "disposal/file_disposal.hpp"

#include <cerrno>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/disposal/disposal_rules.hpp"
#include "retraind/disposal/reserved_name_codec.hpp"

namespace retraind::disposal {
namespace {

/// Nothing stands at that path: a part of it is missing, is no folder or became a link.
bool is_missing(int failure) {
    return failure == ENOENT || failure == ENOTDIR || failure == ELOOP;
}

std::string joined(const std::string& folder, const std::string& name) {
    return folder.empty() ? name : folder + "/" + name;
}

std::string_view name_of(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

std::string_view stem_of(std::string_view name) {
    return name.substr(0, name.rfind('.'));
}

} // namespace

std::uint64_t draw_random() {
    std::random_device source;
    return (static_cast<std::uint64_t>(source()) << 32U) | source();
}

file_disposal::file_disposal(const std::string& folder, const options& chosen, file_calls& calls)
    : options_(chosen),
      calls_(calls),
      mover_(calls, draw_random),
      watched_(folder, open_folders::missing::is_an_error, calls) {}

disposal file_disposal::dispose(const settled_file& file) {
    return dispose(file, {});
}

void file_disposal::follow(const settled_file& file, const done& gone_to,
                           std::vector<error>& problems) {
    const std::string_view moved = stem_of(name_of(gone_to.path));
    for (const companion& each : file.beside) {
        settled_file follower;
        follower.path = each.path;
        follower.sent = each.sent;
        follower.result = file.result;
        const std::string_view name = name_of(each.path);
        std::string new_name;
        if (!moved.empty() && moved != stem_of(name)) {
            new_name = std::string(moved).append(name.substr(stem_of(name).size()));
        }
        const disposal end = dispose(follower, new_name);
        if (const auto* stays = std::get_if<kept>(&end); stays != nullptr && stays->problem) {
            problems.push_back(*stays->problem);
        }
    }
}

disposal file_disposal::dispose(const settled_file& file, const std::string& new_name) {
    const after_upload action = action_for(file.result, options_);
    if (std::holds_alternative<keep>(action) && !file.written) {
        return kept{file.path, std::nullopt};
    }
    const std::size_t slash = file.path.rfind('/');
    source from;
    from.below = slash == std::string::npos ? "" : file.path.substr(0, slash);
    from.original.name = file.path.substr(slash == std::string::npos ? 0 : slash + 1);
    from.new_name = new_name;
    if (const int failure = watched_.open(from.below, from.original.folder); failure != 0) {
        return is_missing(failure) && watched_.has_root()
                   ? disposal(gone{})
                   : disposal(kept{file.path, from_errno(failure, printable(file.path))});
    }
    // What is seen to be another file already is not even renamed.
    switch (compare(from.original, from.original.folder, file.sent)) {
    case look::missing:
        return gone{};
    case look::different:
        return changed{file.path};
    case look::failed:
        return kept{file.path, from_errno(errno, printable(file.path))};
    case look::same:
        break;
    }
    if (std::holds_alternative<keep>(action)) {
        return kept{file.path, write_beside(file, from)};
    }
    return take(file, from, action);
}

std::optional<error> file_disposal::write_beside(const settled_file& file, const source& from) {
    if (!file.written) {
        return std::nullopt;
    }
    const place part{from.original.folder, partial_name(draw_random())};
    int failure = mover_.write_new(part, file.written->next);
    if (failure == 0) {
        const target to{part.folder,
                        from.original.name,
                        longest_name - file.written->ending.size(),
                        {},
                        file.written->ending};
        failure = mover_.place_beside(part, to).failure;
        if (failure != 0) {
            calls_.unlink(part);
        }
    }
    if (failure == 0) {
        failure = calls_.sync(part.folder);
    }
    if (failure == 0) {
        return std::nullopt;
    }
    return from_errno(
        failure, fmt::format("{}{} cannot be written", printable(file.path), file.written->ending));
}

disposal file_disposal::take(const settled_file& file, const source& from,
                             const after_upload& action) {
    reservation held(calls_, draw_random, from.original);
    if (const int failure = held.begin(); failure != 0) {
        return failure == ENOENT
                   ? disposal(gone{})
                   : disposal(kept{file.path, from_errno(failure, printable(file.path))});
    }
    switch (compare(held.held(), from.original.folder, file.sent)) {
    case look::missing:
        held.close();
        return gone{};
    case look::different:
        return give_back_changed(held, from);
    case look::failed:
        return give_back_kept(held, from, from_errno(errno, printable(file.path)));
    case look::same:
        break;
    }
    if (const auto* into = std::get_if<move_to>(&action)) {
        return move_held(file, held, from, destination(into->folder));
    }
    if (std::optional<error> problem = write_beside(file, from)) {
        return give_back_kept(held, from, std::move(*problem));
    }
    return remove_held(held, from);
}

disposal file_disposal::remove_held(reservation& held, const source& from) {
    if (const int failure = calls_.unlink(held.held()); failure != 0) {
        return give_back_kept(held, from, from_errno(failure, "cannot be deleted"));
    }
    held.close();
    return done{};
}

disposal file_disposal::move_held(const settled_file& file, reservation& held, const source& from,
                                  open_folders& into) {
    target to{-1, from.new_name.empty() ? from.original.name : from.new_name, longest_name, {}};
    if (const int failure = into.open(from.below, to.folder); failure != 0) {
        const std::string where = into.root() + "/" + from.below;
        return give_back_kept(held, from, from_errno(failure, printable(where)));
    }
    if (file.result == outcome::rejected && file.reason) {
        to.limit = longest_rejected_name();
        to.reason = partial_name(draw_random());
        const int failure = mover_.write_new({to.folder, *to.reason}, to_json(*file.reason));
        if (failure != 0) {
            return give_back_kept(held, from, from_errno(failure, "its reason cannot be written"));
        }
    }
    if (file.written) {
        to.limit = longest_name - file.written->ending.size();
        to.reason = partial_name(draw_random());
        to.ending = file.written->ending;
        const int failure = mover_.write_new({to.folder, *to.reason}, file.written->next);
        if (failure != 0) {
            return give_back_kept(held, from, from_errno(failure, "its result cannot be written"));
        }
    }
    return end_move(mover_.move_to_free_name(held.held(), to), to, held, from, into);
}

disposal file_disposal::end_move(const moved& move, const target& to, reservation& held,
                                 const source& from, const open_folders& into) {
    if (move.failure == 0) {
        held.close();
        return done{into.root() + "/" + joined(from.below, move.name)};
    }
    if (to.reason) {
        calls_.unlink({to.folder, *to.reason});
    }
    if (move.failure == mover::written_meanwhile) {
        return give_back_changed(held, from);
    }
    return give_back_kept(
        held, from,
        from_errno(move.failure, fmt::format("cannot be moved to {}", printable(into.root()))));
}

disposal file_disposal::give_back_changed(reservation& held, const source& from) {
    const moved back = held.give_back();
    if (back.failure == 0) {
        return changed{joined(from.below, back.name)};
    }
    return kept{joined(from.below, held.held().name),
                from_errno(back.failure, "it was replaced, and cannot have its name back")};
}

disposal file_disposal::give_back_kept(reservation& held, const source& from, error problem) {
    const moved back = held.give_back();
    if (back.failure == 0) {
        return kept{joined(from.below, back.name), std::move(problem)};
    }
    if (back.failure == ENOENT) {
        return gone{};
    }
    problem.message += fmt::format("; until the next start it stands as {}",
                                   printable(joined(from.below, held.held().name)));
    return kept{joined(from.below, held.held().name), std::move(problem)};
}

open_folders& file_disposal::destination(const std::string& root) {
    return destinations_.try_emplace(root, root, open_folders::missing::is_made, calls_)
        .first->second;
}

std::optional<error> file_disposal::sync() {
    if (const int failure = watched_.sync(); failure != 0) {
        return from_errno(failure, printable(watched_.root()));
    }
    for (auto& [root, folders] : destinations_) {
        if (const int failure = folders.sync(); failure != 0) {
            return from_errno(failure, printable(root));
        }
    }
    return std::nullopt;
}

} // namespace retraind::disposal
