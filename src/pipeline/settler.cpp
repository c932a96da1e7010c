#include "retraind/pipeline/settler.hpp"

#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/intake/image_file.hpp"
#include "retraind/pipeline/outcome_counter.hpp"
#include "retraind/pipeline/settled_counts.hpp"
#include "retraind/pipeline/tagging_rules.hpp"

namespace retraind::pipeline {
namespace {

ledger::file_outcome outcome_of(const settled_file& file, const journey& each,
                                const folder_port& folder) {
    ledger::file_outcome row;
    row.folder = folder.options().watch.path;
    row.path = each.file.path;
    row.identity = file.result == outcome::rejected ? each.rejected_identity() : each.file.identity;
    row.digest = each.digest;
    row.result = file.result;
    row.image = file.image;
    row.labels = each.labels;
    row.reason = file.reason;
    row.first_seen = each.file.first_seen_wall;
    if (each.content) {
        row.sent = each.content->digest();
    }
    return row;
}

disposal::reason_document document_of(const ledger::rejection& why, const journey& each,
                                      const std::string& project, wall_time now) {
    disposal::reason_document document;
    document.code = why.code;
    document.sentence = why.sentence;
    document.mend = why.mend;
    document.project = project;
    document.path = each.file.path;
    document.digest = each.digest;
    document.bytes = each.file.identity.size;
    document.labels = each.labels;
    document.first_seen = each.file.first_seen_wall;
    document.rejected_at = now;
    document.attempts = why.attempts;
    if (why.service_status) {
        document.service = disposal::service_words{*why.service_status, why.service_code,
                                                   why.service_message, why.request_id};
    }
    return document;
}

/// A folder's share of a batch, as a file thread disposes of it.
struct disposal_job {
    std::vector<journey_number> numbers;
    std::vector<disposal::settled_file> files;
};

struct disposed {
    disposal::disposals outcomes;
    /// What the files are now that stay although they were to go: their names were touched.
    std::vector<std::optional<file_identity>> identities;
};

disposed perform(const folder_port& folder, const disposal_job& job) {
    disposed done;
    const auto held = folder.disposing();
    done.outcomes = folder.disposer().dispose(job.files);
    for (const disposal::disposal& each : done.outcomes.files) {
        std::optional<file_identity> now;
        const auto* kept = std::get_if<disposal::kept>(&each);
        if (kept != nullptr && kept->problem) {
            if (const auto file = intake::image_file::open(folder.absolute(kept->path))) {
                now = file->identity();
            }
        }
        done.identities.push_back(now);
    }
    return done;
}

} // namespace

settled_file rejected(journey_number number, const intake::refusal& refusal) {
    ledger::rejection reason;
    reason.code = refusal.code;
    reason.sentence = refusal.sentence;
    reason.mend = refusal.mend;
    settled_file file;
    file.number = number;
    file.result = outcome::rejected;
    file.reason = std::move(reason);
    return file;
}

settler::settler(project_state& project, listener heard)
    : project_(project), heard_(std::move(heard)) {}

task<void> settler::settle(settled_batch batch) {
    std::optional<ledger::recorded_batch> recorded;
    while (true) {
        recorded = co_await record(batch);
        if (recorded) {
            break;
        }
        const duration pause = std::chrono::seconds(5);
        const bool stopping = co_await project_.common.stop.sleep_for(pause);
        if (stopping) {
            co_return;
        }
    }
    take_off_rejected(project_.totals, recorded->judged_anew);
    count(batch);
    co_await dispose(std::move(batch));
}

task<std::optional<ledger::recorded_batch>> settler::record(const settled_batch& batch) {
    ledger::batch_record row;
    row.at = project_.common.time.wall();
    row.request_id = batch.request_id;
    row.body_bytes = batch.body_bytes;
    for (const settled_file& file : batch.files) {
        const journey& each = *project_.slots.find(file.number);
        row.files.push_back(outcome_of(file, each, project_.folder_of(each)));
    }
    const mono_time begun = project_.common.time.now();
    const result<ledger::recorded_batch> recorded =
        co_await project_.common.memory.record(project_.identity.id, std::move(row));
    if (!recorded) {
        // Loudly, and with the folders as they are: nothing may go before its outcome is durable.
        project_.emit(event_name::ledger_failed, severity::error, recorded.error().message);
        project_.health.block("ledger", recorded.error().message);
        co_return std::nullopt;
    }
    project_.health.clear("ledger");
    settled_counts counts;
    for (const settled_file& file : batch.files) {
        counts.add(file.result, file.reason ? file.reason->code : "");
    }
    counts.say(project_, project_.common.time.now() - begun);
    co_return *recorded;
}

void settler::count(const settled_batch& batch) {
    outcome_totals here;
    for (const settled_file& file : batch.files) {
        ++counter_of(here, file.result);
        ++counter_of(project_.totals, file.result);
        ++counter_of(project_.session, file.result);
        say(file, *project_.slots.find(file.number));
    }
    if (!batch.request_id.empty() || batch.body_bytes > 0) {
        project_.emit(event_name::batch_sent, severity::info,
                      fmt::format("{} confirmed, {} duplicate, {} rejected", here.confirmed,
                                  here.duplicate, here.rejected),
                      {{"images", batch.files.size()},
                       {"bytes", batch.body_bytes},
                       {"request_id", batch.request_id}});
    }
    project_.on_confirmed(here.confirmed);
    if (here.confirmed + here.duplicate > 0) {
        heard_.confirmed();
    }
}

void settler::say(const settled_file& file, const journey& each) {
    const std::string path = project_.folder_of(each).absolute(each.file.path);
    if (file.result == outcome::rejected && file.reason) {
        project_.emit(
            event_name::file_rejected, severity::warning,
            fmt::format("{}: {}; {}", printable(path), file.reason->sentence, file.reason->mend),
            {{"path", path}, {"code", file.reason->code}});
    } else if (file.result == outcome::duplicate) {
        project_.emit(event_name::file_duplicate, severity::debug,
                      fmt::format("{} is in the project already", printable(path)),
                      {{"path", path}});
    }
}

task<void> settler::dispose(settled_batch batch) {
    std::vector<disposal_job> jobs(project_.folders.size());
    const wall_time now = project_.common.time.wall();
    for (const settled_file& file : batch.files) {
        journey& each = *project_.slots.find(file.number);
        if (file.result != outcome::rejected) {
            each.beside.reset();
        }
        disposal::settled_file disposable;
        disposable.path = each.file.path;
        disposable.sent = each.file.identity;
        disposable.result = file.result;
        for (const intake::sidecar_file& beside : each.sidecars) {
            disposable.beside.push_back({beside.path, beside.identity});
        }
        if (file.reason) {
            disposable.reason = document_of(*file.reason, each, project_.identity.label, now);
        }
        jobs[each.folder].numbers.push_back(file.number);
        jobs[each.folder].files.push_back(std::move(disposable));
    }
    for (std::size_t at = 0; at < jobs.size(); ++at) {
        if (jobs[at].files.empty()) {
            continue;
        }
        folder_port& folder = *project_.folders[at];
        const disposal_job& job = jobs[at];
        auto work = [&folder, &job] {
            return perform(folder, job);
        };
        const std::string& place = folder.options().watch.path;
        const disposed done = co_await project_.files.run_in(place, work);
        if (done.outcomes.not_durable) {
            project_.emit(event_name::disposal_failed, severity::warning,
                          done.outcomes.not_durable->message);
        }
        for (const error& problem : done.outcomes.beside) {
            project_.emit(event_name::disposal_failed, severity::warning, problem.message);
        }
        std::vector<file_fingerprint> left;
        for (std::size_t file = 0; file < job.numbers.size(); ++file) {
            take_disposal(folder, job.numbers[file], done.outcomes.files[file],
                          done.identities[file], left);
        }
        if (!left.empty()) {
            // Where this fails the rows are of files that are not there, which costs nothing but
            // their bytes.
            co_await project_.common.memory.forget_files(project_.identity.id, std::move(left));
        }
    }
}

void settler::take_disposal(folder_port& folder, journey_number number,
                            const disposal::disposal& outcome,
                            const std::optional<file_identity>& now,
                            std::vector<file_fingerprint>& left) {
    const journey& each = *project_.slots.find(number);
    const file_fingerprint print = each.file.print;
    if (const auto* kept = std::get_if<disposal::kept>(&outcome)) {
        if (each.beside) {
            folder.reject_beside(each);
        } else {
            folder.remember(print);
        }
        if (kept->problem) {
            project_.emit(event_name::disposal_failed, severity::warning, kept->problem->message,
                          {{"path", folder.absolute(kept->path)}});
        }
        if (now) {
            folder.remember(fingerprint(folder.options().watch.path, kept->path, *now));
        }
    } else if (const auto* changed = std::get_if<disposal::changed>(&outcome)) {
        project_.emit(event_name::file_changed, severity::info,
                      fmt::format("{} was replaced meanwhile; the new one is looked at",
                                  printable(folder.absolute(changed->path))),
                      {{"path", folder.absolute(changed->path)}});
        folder.release(print);
    } else {
        left.push_back(print);
        folder.left(print);
    }
    end(number);
}

void settler::abandon(journey_number number) {
    const journey& each = *project_.slots.find(number);
    project_.folder_of(each).release(each.file.print);
    end(number);
}

void settler::changed(journey_number number) {
    const journey& each = *project_.slots.find(number);
    const std::string path = project_.folder_of(each).absolute(each.file.path);
    project_.emit(event_name::file_changed, severity::info,
                  fmt::format("{} changed on its way; it is looked at again", printable(path)),
                  {{"path", path}});
    project_.folder_of(each).changed(each.file);
    end(number);
}

void settler::send_back(journey_number number) {
    project_.slots.find(number)->at = journey::stage::arrived;
    heard_.resume({number});
}

std::string settler::place_of(journey_number number) const {
    const journey& each = *project_.slots.find(number);
    return project_.folder_of(each).absolute(each.file.path);
}

std::vector<std::string> settler::labels_of(journey_number number) const {
    return project_.slots.find(number)->labels;
}

bool settler::may_go_back(journey_number number) {
    return ++project_.slots.find(number)->returns <= most_returns;
}

void settler::send_as_new(journey_number number) {
    project_.slots.find(number)->image_is_gone = true;
    send_back(number);
}

void settler::set_aside(journey_number number) {
    const journey& each = *project_.slots.find(number);
    project_.folder_of(each).set_aside(each.file.print);
    end(number);
}

void settler::hold(journey_number number, std::string sentence) {
    const journey& each = *project_.slots.find(number);
    const std::string path = project_.folder_of(each).absolute(each.file.path);
    project_.emit(event_name::file_held, severity::warning,
                  fmt::format("{} stays where it is: {}", printable(path), sentence),
                  {{"path", path}});
    project_.folder_of(each).hold(each.file.print);
    end(number);
}

void settler::end(journey_number number) {
    const std::vector<journey_number> waiting = project_.slots.end(number);
    if (!waiting.empty()) {
        heard_.resume(waiting);
    }
    heard_.slots_freed();
}

} // namespace retraind::pipeline
