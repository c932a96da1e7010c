// Addresses on the wire, and what became of them.
#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "retraind/base/text.hpp"
#include "retraind/batch/bisection_planner.hpp"
#include "retraind/pipeline/outcome_counter.hpp"
#include "retraind/pipeline/tagging_rules.hpp"
#include "url_list_run.hpp"

namespace retraind::pipeline {

using customvision::failure;
using customvision::verdict;

namespace {

/// Pairs that CreateImageTags takes (CONTRACT.md section 2).
constexpr std::size_t most_pairs = 128;
/// Lines that a log names; what becomes of the others the result file says.
constexpr unsigned most_said = 20;

constexpr std::string_view unknown_tag = "ErrorInvalidTag";
constexpr const char* tag_is_gone =
    "one of its tags is not in the project any more; the tags were asked for anew, and the line is "
    "looked at again within the hour";

bool contains(const std::vector<customvision::image_tag>& pairs,
              const customvision::image_tag& wanted) {
    return std::ranges::find(pairs, wanted) != pairs.end();
}

} // namespace

task<void> url_list_run::carry(items batch) {
    const customvision::answer<customvision::image_summary> answered = co_await send(batch);
    if (answered) {
        co_await take_results(batch, *answered);
        co_return;
    }
    const failure why = answered.error();
    if (may_mean_unknown_tag(why)) {
        co_await project_.tags.refresh();
    }
    if (why.meaning != verdict::refused_batch) {
        co_await recover(why);
        planner_.put_back(std::move(batch), project_.common.time.now());
        co_return;
    }
    if (batch.size() == 1) {
        co_await reject_alone(batch.front().id, why);
        co_return;
    }
    co_await bisect(std::move(batch), why);
}

task<customvision::answer<customvision::image_summary>> url_list_run::send(const items& batch) {
    customvision::url_batch wanted;
    wanted.metadata = project_.folders[place_.folder]->options().intake.metadata;
    for (const batch::item& item : batch) {
        wanted.images.push_back(planned_.at(item.id).entry);
    }
    project_.emit(event_name::batch_sending, severity::debug,
                  fmt::format("sending {} addresses", batch.size()), {{"addresses", batch.size()}});
    in_flight_ = batch.size();
    customvision::answer<customvision::image_summary> answered =
        co_await project_.common.client.create_images_from_urls(project_.identity.id,
                                                                std::move(wanted));
    in_flight_ = 0;
    project_.contact.heard(answered, project_.common.time.now());
    if (answered) {
        patience_.success();
        failures_in_a_row_ = 0;
        project_.health.clear("lists");
    }
    co_return answered;
}

task<void> url_list_run::take_results(const items& batch,
                                      const customvision::image_summary& answered) {
    std::unordered_map<std::string_view, const customvision::image_result*> by_url;
    for (const customvision::image_result& each : answered.results) {
        by_url.emplace(each.source_url, &each);
    }
    ledger::url_record ended;
    ended.request_id = answered.request_id;
    ended.body_bytes = answered.body_bytes;
    const outcome_totals before = lines_.totals();
    for (const batch::item& item : batch) {
        const auto found = by_url.find(planned_.at(item.id).entry.url);
        take_result(item.id, found == by_url.end() ? nullptr : found->second, answered, ended);
    }
    const bool tag_unknown =
        std::ranges::any_of(answered.results, [](const customvision::image_result& each) {
            return each.status == unknown_tag;
        });
    if (tag_unknown) {
        co_await project_.tags.refresh();
    }
    const outcome_totals& after = lines_.totals();
    project_.emit(event_name::batch_sent, severity::info,
                  fmt::format("{} confirmed, {} duplicate, {} rejected",
                              after.confirmed - before.confirmed,
                              after.duplicate - before.duplicate, after.rejected - before.rejected),
                  {{"addresses", batch.size()},
                   {"bytes", answered.body_bytes},
                   {"request_id", answered.request_id}});
    co_await record(std::move(ended));
}

void url_list_run::take_result(batch::item_id id, const customvision::image_result* found,
                               const customvision::image_summary& answered,
                               ledger::url_record& ended) {
    planned& each = planned_.at(id);
    if (found != nullptr && found->status == unknown_tag) {
        // The tag's fault, not the address's: it must not be remembered as rejected.
        hold(each.picture, tag_is_gone);
        planned_.erase(id);
        return;
    }
    answer_verdict judged = judge_answer(found, ++each.tries, options_.waits);
    if (const auto* later = std::get_if<line_sent>(&judged)) {
        later_.push_back({project_.common.time.now() + later->wait, id});
        return;
    }
    if (const auto* held = std::get_if<line_held>(&judged)) {
        hold(each.picture, held->sentence);
    } else {
        auto settled = std::get<line_settled>(std::move(judged));
        if (settled.reason) {
            settled.reason->service_status = answered.status;
            settled.reason->service_code = settled.reason->code;
            settled.reason->request_id = answered.request_id;
        }
        note(each, std::move(settled), ended);
    }
    planned_.erase(id);
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
        const customvision::answer<customvision::image_summary> answered = co_await send(chosen);
        if (answered) {
            co_await take_results(chosen, *answered);
            search.on_accepted();
        } else if (answered.error().meaning == verdict::refused_batch) {
            search.on_refused();
            why = answered.error();
        } else {
            const failure broken = answered.error();
            co_await recover(broken);
            break;
        }
    }
    for (const batch::item_id id : search.culprits()) {
        co_await reject_alone(id, why);
    }
    items rest;
    for (const batch::item_id id : search.pending()) {
        rest.push_back(by_id.at(id));
    }
    planner_.put_back(std::move(rest), project_.common.time.now());
}

task<void> url_list_run::reject_alone(batch::item_id id, failure why) {
    const planned each = std::move(planned_.at(id));
    planned_.erase(id);
    if (may_mean_unknown_tag(why)) {
        hold(each.picture, tag_is_gone);
        co_return;
    }
    ledger::url_record ended;
    line_settled refused{outcome::rejected, std::nullopt, reject_refused(why)};
    refused.reason->attempts = each.tries + 1;
    note(each, std::move(refused), ended);
    co_await record(std::move(ended));
}

task<void> url_list_run::recover(failure why) {
    shared& common = project_.common;
    if (why.meaning == verdict::abandoned) {
        co_return;
    }
    ++failures_in_a_row_;
    project_.emit(event_name::batch_failed, severity::warning, why.cause.message,
                  {{"status", why.status}, {"code", why.code}, {"request_id", why.request_id}});
    const bool stopped_by_service = why.meaning == verdict::unauthorised ||
                                    why.meaning == verdict::missing_project ||
                                    why.meaning == verdict::needs_operator;
    if (stopped_by_service || (failures_in_a_row_ > 1 && why.meaning != verdict::throttled)) {
        project_.health.block("lists", why.cause.message);
    }
    const duration pause = patience_.after(why, common.random());
    co_await common.stop.sleep_for(pause);
    if (stopped_by_service && !common.stop.requested()) {
        const result<void> key = co_await common.reload_key();
        if (!key) {
            project_.health.block("lists", key.error().message);
        }
    }
}

task<void> url_list_run::relabel(std::vector<relabelling> wanted) {
    while (!wanted.empty() && !project_.common.stop.requested()) {
        std::vector<relabelling> some;
        std::size_t pairs = 0;
        while (!wanted.empty() &&
               (some.empty() || pairs + wanted.back().tags.size() <= most_pairs)) {
            pairs += wanted.back().tags.size();
            some.push_back(std::move(wanted.back()));
            wanted.pop_back();
        }
        co_await add_tags(std::move(some));
    }
}

task<void> url_list_run::add_tags(std::vector<relabelling> some) {
    std::vector<customvision::image_tag> pairs;
    for (const relabelling& each : some) {
        pairs.insert(pairs.end(), each.tags.begin(), each.tags.end());
    }
    while (!project_.common.stop.requested()) {
        const customvision::answer<customvision::image_tag_summary> answered =
            co_await project_.common.client.create_image_tags(project_.identity.id, pairs);
        project_.contact.heard(answered, project_.common.time.now());
        if (answered) {
            ledger::url_record ended;
            for (relabelling& each : some) {
                const bool too_many = std::ranges::any_of(
                    answered->exceeded, [&each](const customvision::image_tag& pair) {
                        return std::ranges::find(each.tags, pair) != each.tags.end();
                    });
                const bool done = std::ranges::all_of(
                    each.tags, [&answered](const customvision::image_tag& pair) {
                        return contains(answered->created, pair) ||
                               contains(answered->duplicated, pair);
                    });
                if (!too_many && !done) {
                    hold(each.picture, "the project has it, and the service does not say that it "
                                       "has its new tags now");
                    continue;
                }
                if (too_many) {
                    hold(each.picture, "the project has it, with as many tags as a picture can "
                                       "have; take one away in the portal");
                    continue;
                }
                settle(each.picture, {outcome::duplicate, each.known.image, std::nullopt});
                each.known.result = outcome::duplicate;
                each.known.labels = std::move(each.labels);
                each.known.reason.reset();
                ended.urls.push_back(std::move(each.known));
            }
            co_await record(std::move(ended));
            co_return;
        }
        const failure why = answered.error();
        if (!passes_by_itself(why)) {
            for (const relabelling& each : some) {
                hold(each.picture, fmt::format("the project has it, and its new tags cannot be "
                                               "added: {}",
                                               why.cause.message));
            }
            co_return;
        }
        co_await recover(why);
    }
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
    if (news) {
        confirmed_();
    }
}

void url_list_run::settle(const intake::list_picture& picture, const line_settled& verdict) {
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
    settle(each.picture, verdict);
    ledger::url_outcome row;
    row.url = each.picture.url;
    row.result = verdict.result;
    row.image = verdict.image;
    row.labels = each.labels;
    row.reason = std::move(verdict.reason);
    row.list = place_.file.print;
    row.at = project_.common.time.wall();
    ended.urls.push_back(std::move(row));
}

void url_list_run::hold(const intake::list_picture& picture, const std::string& sentence) {
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
    for (const outcome kind : {outcome::confirmed, outcome::duplicate, outcome::held_out,
                               outcome::removed, outcome::rejected}) {
        outcome_totals now = lines_.totals();
        std::uint64_t& counted = counter_of(counted_, kind);
        const std::uint64_t here = counter_of(now, kind);
        if (here > counted) {
            counter_of(project_.totals, kind) += here - counted;
            counter_of(project_.session, kind) += here - counted;
            counted = here;
        }
    }
}

} // namespace retraind::pipeline
