// Addresses on the wire, and what became of them.
#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/batch/bisection_planner.hpp"
#include "retraind/pipeline/outcome_counter.hpp"
#include "retraind/pipeline/settled_counts.hpp"
#include "retraind/pipeline/tagging_rules.hpp"
#include "url_list_run.hpp"

namespace retraind::pipeline {

using customvision::failure;
using customvision::verdict;

namespace {

/// Lines that a log names; what becomes of the others the result file says.
constexpr unsigned most_said = 20;

constexpr unsigned request_timeout = 408;

/// The service fetches all of a request's addresses before it answers.
bool took_too_long(const failure& why) {
    return why.status == request_timeout || why.meaning == verdict::shrink ||
           why.cause.code == errc::timed_out;
}

} // namespace

task<void> url_list_run::carry(items batch) {
    const customvision::answer<void> answered = co_await exchange(batch);
    if (answered) {
        co_return;
    }
    const failure why = answered.error();
    if (may_mean_unknown_tag(why)) {
        const std::size_t sent = batch.size();
        batch = co_await without_unknown_tags(std::move(batch), why);
        if (batch.size() < sent) {
            put_back(std::move(batch));
            co_return;
        }
    }
    if (took_too_long(why) && is_too_slow_alone(batch, why)) {
        co_return;
    }
    if (why.meaning != verdict::refused_batch) {
        co_await recovery_.after(why);
        put_back(std::move(batch));
    } else if (batch.size() == 1) {
        co_await refuse_alone(batch.front().id, why);
    } else {
        co_await bisect(std::move(batch), why);
    }
}

/// Fewer take less time. True for one that alone is too much for the service again and again; its
/// lines are held then. A connection that is dead is no address's fault.
bool url_list_run::is_too_slow_alone(const items& batch, const failure& why) {
    constexpr unsigned most_tries = 3;
    most_at_once_ = std::max<std::size_t>(1, batch.size() / 2);
    const auto only = planned_.find(batch.front().id);
    const bool service_gave_up = why.status == request_timeout;
    if (batch.size() > 1 || !service_gave_up || ++only->second.tries < most_tries) {
        return false;
    }
    hold_lines(only->second.picture,
               fmt::format("the service does not get this address within a request's time: {}",
                           why.cause.message));
    planned_.erase(only);
    return true;
}

/// Sends them, and does what the answer says of each.
task<customvision::answer<void>> url_list_run::exchange(const items& batch) {
    in_flight_ = batch.size();
    project_.images_on_their_way += batch.size();
    const customvision::answer<customvision::image_summary> answered = co_await send(batch);
    if (answered) {
        said_waiting_ = false;
        most_at_once_ = std::min(most_at_once_ * 2, project_.options.batch.max_images);
        co_await take_results(batch, *answered);
    }
    project_.images_on_their_way -= batch.size();
    in_flight_ = 0;
    project_.room_freed();
    if (!answered) {
        co_return tl::unexpected(answered.error());
    }
    co_return customvision::answer<void>();
}

task<customvision::answer<customvision::image_summary>> url_list_run::send(const items& batch) {
    customvision::url_batch wanted;
    wanted.metadata = project_.folders[place_.folder]->options().intake.metadata;
    for (const batch::item& item : batch) {
        wanted.images.push_back(first_part(planned_.at(item.id)));
    }
    project_.emit(event_name::batch_sending, severity::debug,
                  fmt::format("sending {} addresses", batch.size()), {{"addresses", batch.size()}});
    customvision::answer<customvision::image_summary> answered =
        co_await project_.common.client.create_images_from_urls(project_.identity.id,
                                                                std::move(wanted));
    recovery_.heard(answered);
    co_return answered;
}

task<void> url_list_run::take_results(const items& batch,
                                      const customvision::image_summary& answered) {
    std::unordered_map<std::string_view, const customvision::image_result*> by_url;
    for (const customvision::image_result& each : answered.results) {
        by_url.emplace(each.source_url, &each);
    }
    answered_batch done;
    if (leaves_doubt_of_tags(answered.results)) {
        const customvision::answer<bool> looked = co_await project_.tags.refresh();
        done.tags_looked_at = looked.has_value();
    }
    done.ended.request_id = answered.request_id;
    done.ended.body_bytes = answered.body_bytes;
    const outcome_totals before = lines_.totals();
    for (const batch::item& item : batch) {
        const auto found = by_url.find(planned_.at(item.id).entry.url);
        take_result(item, found == by_url.end() ? nullptr : found->second, answered, done);
    }
    const outcome_totals& after = lines_.totals();
    project_.emit(event_name::batch_sent, severity::info,
                  fmt::format("{} confirmed, {} duplicate, {} rejected",
                              after.confirmed - before.confirmed,
                              after.duplicate - before.duplicate, after.rejected - before.rejected),
                  {{"addresses", batch.size()},
                   {"bytes", answered.body_bytes},
                   {"request_id", answered.request_id}});
    co_await record(std::move(done.ended));
    put_back(std::move(done.again));
}

void url_list_run::take_result(const batch::item& item, const customvision::image_result* found,
                               const customvision::image_summary& answered, answered_batch& batch) {
    if (found != nullptr && take_special(item, *found, batch)) {
        return;
    }
    planned& each = planned_.at(item.id);
    answer_verdict judged = judge_answer(found, ++each.tries, options_.waits);
    if (const auto* later = std::get_if<line_sent>(&judged)) {
        later_.push_back({project_.common.time.now() + later->wait, item.id});
        return;
    }
    if (const auto* held = std::get_if<line_held>(&judged)) {
        hold_lines(each.picture, held->sentence);
    } else {
        auto settled = std::get<line_settled>(std::move(judged));
        if (settled.reason) {
            settled.reason->service_status = answered.status;
            settled.reason->service_code = settled.reason->code;
            settled.reason->request_id = answered.request_id;
        }
        note(each, std::move(settled), batch.ended);
    }
    planned_.erase(item.id);
}

task<void> url_list_run::bisect(items batch, failure why) {
    project_.emit(
        event_name::batch_failed, severity::warning,
        fmt::format("a request was refused as a whole; looking for the address: {}",
                    why.cause.message),
        {{"addresses", batch.size()}, {"code", why.code}, {"request_id", why.request_id}});
    std::unordered_map<batch::item_id, batch::item> by_id;
    std::vector<batch::item_id> ids;
    for (batch::item& item : batch) {
        ids.push_back(item.id);
        by_id.emplace(item.id, std::move(item));
    }
    batch::bisection_planner search(ids);
    while (!project_.common.stop.requested()) {
        const std::optional<std::vector<batch::item_id>> part = search.next();
        if (!part) {
            break;
        }
        items chosen;
        for (const batch::item_id id : *part) {
            chosen.push_back(by_id.at(id));
        }
        const customvision::answer<void> answered = co_await exchange(chosen);
        if (answered) {
            search.on_accepted();
        } else if (answered.error().meaning == verdict::refused_batch) {
            search.on_refused();
            why = answered.error();
        } else {
            const failure broken = answered.error();
            co_await recovery_.after(broken);
            break;
        }
    }
    for (const batch::item_id id : search.culprits()) {
        co_await refuse_alone(id, why);
    }
    items rest;
    for (const batch::item_id id : search.pending()) {
        rest.push_back(by_id.at(id));
    }
    put_back(std::move(rest));
}

/// It alone is to blame. A tag's fault is not the address's, which would be remembered.
task<void> url_list_run::refuse_alone(batch::item_id id, failure why) {
    const planned each = std::move(planned_.at(id));
    planned_.erase(id);
    if (may_mean_unknown_tag(why)) {
        hold_lines(each.picture,
                   fmt::format("the service refuses a request with it: {}", why.cause.message));
        co_return;
    }
    ledger::url_record ended;
    line_settled refused{outcome::rejected, std::nullopt, reject_refused(why)};
    refused.reason->attempts = each.tries + 1;
    note(each, std::move(refused), ended);
    co_await record(std::move(ended));
}

task<void> url_list_run::record(ledger::url_record batch) {
    if (batch.urls.empty()) {
        co_return;
    }
    batch.at = project_.common.time.wall();
    const bool news = std::ranges::any_of(batch.urls, [](const ledger::url_outcome& each) {
        return each.result == outcome::confirmed || each.result == outcome::duplicate;
    });
    // Also while stopping: what was answered is to be known after a restart.
    while (true) {
        const result<void> recorded =
            co_await project_.common.memory.record_urls(project_.identity.id, batch);
        if (recorded) {
            break;
        }
        project_.emit(event_name::ledger_failed, severity::error, recorded.error().message);
        project_.health.block("ledger", recorded.error().message);
        const duration pause = std::chrono::seconds(5);
        const bool stopping = co_await project_.common.stop.sleep_for(pause);
        if (stopping) {
            co_return;
        }
    }
    project_.health.clear("ledger");
    const auto confirmed =
        std::ranges::count(batch.urls, outcome::confirmed, &ledger::url_outcome::result);
    project_.on_confirmed(static_cast<std::uint64_t>(confirmed));
    if (news) {
        confirmed_();
    }
}

void url_list_run::settle_lines(const intake::list_picture& picture, const line_settled& verdict) {
    line_outcome what{verdict.result, verdict.image, ""};
    if (verdict.reason) {
        what.reason = sentence_of(*verdict.reason);
    }
    lines_.settle(picture.lines, what);
    if (verdict.result == outcome::rejected) {
        say(event_name::file_rejected, picture.lines.front().line, what.reason);
    }
}

void url_list_run::note(const planned& each, line_settled verdict, ledger::url_record& ended) {
    settle_lines(each.picture, verdict);
    ledger::url_outcome row;
    row.url = each.picture.url;
    row.result = verdict.result;
    row.image = verdict.image;
    row.labels = each.labels;
    if (each.known) {
        std::vector<std::string> all;
        std::ranges::set_union(each.known->labels, each.labels, std::back_inserter(all));
        row.labels = std::move(all);
    }
    row.reason = std::move(verdict.reason);
    row.list = place_.file.print;
    row.at = project_.common.time.wall();
    ended.urls.push_back(std::move(row));
}

void url_list_run::hold_lines(const intake::list_picture& picture, const std::string& sentence) {
    lines_.hold(picture.lines);
    say(event_name::file_held, picture.lines.front().line, sentence);
}

void url_list_run::say(event_name name, std::uint32_t line, const std::string& sentence) {
    // Addresses may hold signatures, so lines are named by their numbers.
    const std::string path = place_.absolute();
    const severity level = ++said_ <= most_said ? severity::warning : severity::debug;
    project_.emit(name, level, fmt::format("{}, line {}: {}", printable(path), line, sentence),
                  {{"path", path}, {"line", line}});
}

void url_list_run::count() {
    settled_counts counts;
    for (const outcome kind : {outcome::confirmed, outcome::duplicate, outcome::held_out,
                               outcome::removed, outcome::rejected}) {
        outcome_totals now = lines_.totals();
        std::uint64_t& counted = counter_of(counted_, kind);
        const std::uint64_t here = counter_of(now, kind);
        if (here > counted) {
            counts.add(kind, kind == outcome::rejected ? rejected_line : "", here - counted);
            counter_of(project_.totals, kind) += here - counted;
            counter_of(project_.session, kind) += here - counted;
            counted = here;
        }
    }
    counts.say(project_);
}

} // namespace retraind::pipeline
