#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "retraind/base/error.hpp"
#include "retraind/base/file_identity.hpp"
#include "retraind/base/outcome.hpp"
#include "retraind/disposal/file_calls.hpp"
#include "retraind/disposal/options.hpp"
#include "retraind/disposal/reason_codec.hpp"

namespace retraind::disposal {

/// A file that goes where its picture goes: a sidecar.
struct companion {
    std::string path;   ///< below the watched folder, raw bytes
    file_identity sent; ///< what it was when it was read
};

/// A file that is made beside a settled one, wherever that ends, under the name it has there and
/// `ending`. It is there, whole and flushed, before the settled one goes.
struct result_file {
    std::string ending; ///< ".result.csv"
    /// The next piece of its bytes, empty at the end; nothing where they cannot be had, and then
    /// the settled file stays.
    std::function<std::optional<std::string>()> next;
};

/// A file whose outcome is durable.
struct settled_file {
    std::string path;   ///< below the watched folder, raw bytes
    file_identity sent; ///< what it was when it was read
    outcome result = outcome::confirmed;
    std::optional<reason_document> reason; ///< of rejected files
    std::vector<companion> beside{};
    std::optional<result_file> written{}; ///< of files that are not rejected
};

/// Deleted, or moved.
struct done {
    std::string path; ///< where it is now, absolute; empty for deleted
};
/// It stands where it stood (under `path`, below the watched folder).
struct kept {
    std::string path;
    std::optional<error> problem; ///< nothing where it is to stay
};
/// It was replaced or written to since it was read, so it was not touched, but for its name where
/// a file of that name appeared meanwhile.
struct changed {
    std::string path; ///< below the watched folder
};
/// It is not there any more.
struct gone {};

using disposal = std::variant<done, kept, changed, gone>;

struct disposals {
    std::vector<disposal> files; ///< one a file, in their order
    /// A folder could not be flushed: after a power cut some may stand where they stood. No harm is
    /// in that (their outcomes are recorded), but the disk is failing.
    std::optional<error> not_durable;
    /// What kept companions from going with their picture: they stand where they stood. One that
    /// was replaced or is gone is no problem.
    std::vector<error> beside;
};

struct leftovers {
    std::vector<std::string> given_back; ///< below the watched folder, under the name they have now
    std::vector<error> problems;
};

/// What becomes of the files of one watched folder. Every function blocks: file threads only. It
/// keeps no state, so several threads may call it, for different files.
///
/// A file is first renamed to a reserved name in its own folder, then compared with what was sent
/// (inode, size and mtime), so that what a writer puts under its name meanwhile is never touched.
/// Companions follow a picture that was deleted or moved, in the same way, and take its name where
/// it got another one (`a~1.jpg`, `a~1.txt`). Nothing is ever overwritten. Whoever holds the file
/// open can still write to it.
///
/// Of a symbolic link the link is disposed of, never what it leads to: that has its own name in the
/// folder and its own outcome. A relative link that is moved may lead nowhere.
class disposer {
public:
    /// `folder` is the watched one, absolute; `calls` outlives this.
    disposer(std::string folder, options chosen, file_calls& calls = system_file_calls());

    /// Flushed to the disk on return. Folders that a move needs are made.
    [[nodiscard]] disposals dispose(const std::vector<settled_file>& files) const;

    /// Gives files their names back that a crash left under reserved ones. Looks at the whole tree:
    /// once, at start.
    [[nodiscard]] leftovers give_back_leftovers() const;

private:
    std::string folder_;
    options options_;
    file_calls& calls_;
};

} // namespace retraind::disposal
