// A list whose lines all have their outcome: its result, its own end, and the ledger's note of it.
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/image_file.hpp"
#include "url_list_run.hpp"

namespace retraind::pipeline {
namespace {

/// Lines of a result that are made at once.
constexpr std::size_t lines_at_once = 1024;

/// Writes the result while it reads the list once more, so that neither is whole in memory.
class result_writer {
public:
    result_writer(intake::url_list_file list, const url_line_tracker& lines)
        : list_(std::move(list)), lines_(lines) {}

    /// Empty at the end; nothing where the list cannot be read any more.
    std::optional<std::string> next() {
        std::string text = std::exchange(begun_, true) ? "" : std::string(intake::result_header);
        const result<std::vector<intake::list_row>> rows = list_.next(lines_at_once);
        if (!rows) {
            return std::nullopt;
        }
        for (const intake::list_row& row : *rows) {
            text += line_of(row, next_ordinal_++);
        }
        return text;
    }

private:
    std::string line_of(const intake::list_row& row, std::uint32_t ordinal) const {
        const std::optional<line_outcome> what = lines_.of(ordinal);
        intake::result_row line;
        line.line = row.line;
        line.url = row.url;
        if (what) {
            line.outcome = outcome_word(what->result);
            line.image = what->image ? to_string(*what->image) : std::string();
            line.reason = what->reason;
        }
        return encode_result(line);
    }

    intake::url_list_file list_;
    const url_line_tracker& lines_;
    std::uint32_t next_ordinal_ = 0;
    bool begun_ = false;
};

result<disposal::result_file> result_of(const list_place& place, const file_identity& now,
                                        const url_line_tracker& lines) {
    result<intake::url_list_file> list = intake::url_list_file::open(place.absolute(), now);
    if (!list) {
        return tl::unexpected(list.error());
    }
    list->allow_renames();
    auto writer = std::make_shared<result_writer>(std::move(*list), lines);
    disposal::result_file beside;
    beside.ending = intake::result_ending;
    beside.next = [writer] {
        return writer->next();
    };
    return beside;
}

struct list_end {
    disposal::disposal what;
    std::optional<error> problem;
    std::optional<file_identity> now; ///< of a list that stays
};

list_end without_result(const list_place& place, const file_identity& identity, error why) {
    if (why.code == errc::changed) {
        return {disposal::changed{place.file.path}, std::nullopt, std::nullopt};
    }
    if (why.code == errc::not_found) {
        return {disposal::gone{}, std::nullopt, std::nullopt};
    }
    return {disposal::kept{place.file.path, why}, why, identity};
}

/// On a file thread.
list_end dispose(const list_place& place, const disposal::disposer& hands,
                 const file_identity& identity, const url_line_tracker& lines) {
    result<disposal::result_file> beside = result_of(place, identity, lines);
    if (!beside) {
        return without_result(place, identity, std::move(beside.error()));
    }
    disposal::settled_file file;
    file.path = place.file.path;
    file.sent = identity;
    file.written = std::move(*beside);
    list_end ended;
    disposal::disposals done = hands.dispose({std::move(file)});
    ended.what = std::move(done.files.front());
    ended.problem = std::move(done.not_durable);
    const auto* kept = std::get_if<disposal::kept>(&ended.what);
    if (kept == nullptr) {
        return ended;
    }
    ended.now = identity;
    if (kept->problem) {
        // Its name was touched, and with it what it is known by.
        ended.problem = kept->problem;
        const auto there = intake::image_file::open(place.root + "/" + kept->path);
        ended.now = there ? std::optional(there->identity()) : std::nullopt;
    }
    return ended;
}

/// The same, and where the list cannot go its way, the result beside it where it stands.
list_end dispose_or_keep(const list_place& place, const disposal::disposer& hands,
                         const url_line_tracker& lines) {
    list_end ended = dispose(place, hands, place.file.identity, lines);
    const auto* kept = std::get_if<disposal::kept>(&ended.what);
    if (kept == nullptr || !kept->problem || !ended.now || kept->path != place.file.path) {
        return ended;
    }
    const disposal::disposer stays(place.root, {});
    list_end again = dispose(place, stays, *ended.now, lines);
    again.problem = ended.problem;
    return again;
}

ledger::totals lines_of(const outcome_totals& totals) {
    return {totals.confirmed, totals.duplicate, totals.held_out, totals.removed, totals.rejected};
}

} // namespace

task<void> url_list_loop::end(const list_place& place, const url_list_run& sent) {
    const disposal::disposer stays(place.root, {});
    folder_port* port = place.watched ? project_.folders[place.folder].get() : nullptr;
    const disposal::disposer& hands = port != nullptr ? port->disposer() : stays;
    const url_line_tracker& lines = sent.lines();
    auto work = [&place, &hands, &lines, port] {
        const auto held =
            port != nullptr ? port->disposing() : std::shared_lock<std::shared_mutex>();
        return dispose_or_keep(place, hands, lines);
    };
    const list_end ended = co_await project_.files.run(work);
    if (ended.problem) {
        project_.emit(event_name::disposal_failed, severity::warning, ended.problem->message,
                      {{"path", place.absolute()}});
        if (port == nullptr) {
            failure_ = ended.problem->message;
        }
    }
    ledger::finished_list finished;
    finished.list = place.file.print;
    finished.lines = lines_of(lines.totals());
    finished.at = project_.common.time.wall();
    const auto* kept = std::get_if<disposal::kept>(&ended.what);
    if (kept != nullptr && ended.now && port != nullptr) {
        finished.stays = {place.root, kept->path, *ended.now};
    }
    co_await finish(place, std::move(finished));
    const outcome_totals& totals = lines.totals();
    project_.emit(event_name::list_finished, severity::info,
                  fmt::format("{}: {} confirmed, {} duplicate, {} rejected",
                              printable(place.absolute()), totals.confirmed, totals.duplicate,
                              totals.rejected),
                  {{"path", place.absolute()}});
    if (port == nullptr) {
        co_return;
    }
    if (kept != nullptr) {
        port->remember(place.file.print);
        if (ended.now) {
            const file_fingerprint print = fingerprint(place.root, kept->path, *ended.now);
            if (print != place.file.print) {
                stayed_.insert(print);
            }
            port->remember(print);
        }
    } else if (std::holds_alternative<disposal::changed>(ended.what)) {
        port->release(place.file.print);
    } else {
        port->left(place.file.print);
    }
}

task<void> url_list_loop::finish(const list_place& place, ledger::finished_list list) {
    while (true) {
        const result<void> recorded =
            co_await project_.common.memory.finish_list(project_.identity.id, list);
        if (recorded) {
            project_.health.clear("ledger");
            co_return;
        }
        project_.emit(event_name::ledger_failed, severity::error, recorded.error().message,
                      {{"path", place.absolute()}});
        project_.health.block("ledger", recorded.error().message);
        const duration pause = std::chrono::seconds(5);
        const bool stopping = co_await project_.common.stop.sleep_for(pause);
        if (stopping) {
            co_return;
        }
    }
}

} // namespace retraind::pipeline
