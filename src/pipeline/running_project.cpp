#include "running_project.hpp"

#include <stdexcept>
#include <utility>

namespace retraind::pipeline {
namespace {

/// A slot is held by a complete file from its plan to its outcome; four batches' worth keep the
/// line busy while one is on it.
constexpr std::size_t batches_in_slots = 4;

/// Published limits (CONTRACT.md section 4).
capacity_status limits_of(config::tier pricing) {
    capacity_status limits;
    const bool free = pricing == config::tier::f0;
    limits.images.limit = free ? 5'000 : 100'000;
    limits.tags.limit = free ? 50 : 500;
    limits.iterations.limit = 20;
    return limits;
}

project_type kind_of(const customvision::project& found) {
    if (!found.classification) {
        return project_type::detection;
    }
    return *found.classification == customvision::classification_type::multiclass
               ? project_type::multiclass
               : project_type::multilabel;
}

intake::tag_terms terms_of(project_type kind, config::tier pricing) {
    intake::tag_terms terms;
    terms.one_tag_a_picture = kind == project_type::multiclass;
    terms.negative_tags = kind != project_type::detection;
    terms.most_tags = limits_of(pricing).tags.limit;
    return terms;
}

intake::label_rules rules_of(const config::watch_block& folder) {
    result<intake::label_rules> rules = intake::label_rules::create(folder.intake);
    if (!rules) {
        // `config` has judged the pattern already, so this is a bug and not a person's mistake.
        throw std::logic_error(rules.error().message);
    }
    return std::move(*rules);
}

} // namespace

project_runner::running::running(shared& common, service_contact& contact, readiness& health,
                                 const config::project_block& options,
                                 const config::service_block& service_block,
                                 runtime::workers& files, customvision::project found)
    : service(service_block),
      tags(common, contact, options.label(), found.id,
           terms_of(kind_of(found), service_block.pricing)),
      state{common,
            contact,
            health,
            options,
            {options.label(), found.id, found.classification ? 5U : 15U, kind_of(found)},
            files,
            tags,
            slot_table(batches_in_slots * options.batch.max_images),
            {},
            {},
            {},
            capacity_tracker(limits_of(service_block.pricing)),
            [this] { capacity.look_now(); },
            0,
            [this] {
                uploads.wake();
                lists.wake();
            }},
      ends(state, {[this](std::vector<journey_number> journeys) { intake.resume(journeys); },
                   [this] {
                       if (retraining) {
                           retraining->on_confirmed();
                       }
                   },
                   [this] {
                       for (const auto& watcher : watchers) {
                           watcher->slots_freed();
                       }
                       intake.slots_freed();
                   }}),
      tagging(state, ends),
      uploads(state, ends, tagging, service_block.rate.requests_in_flight),
      intake(state, ends, uploads, tagging),
      capacity(state, [this] { reopen(); }),
      access(common, health, options, files),
      lists(state, ends, tagging, {source_waits}, [this] {
          if (retraining) {
              retraining->on_confirmed();
          }
      }) {
    state.capacity.on_read_only(found.read_only, common.time.now());
    for (std::size_t at = 0; at < options.watch.size(); ++at) {
        takers.push_back(std::make_unique<slot_taker>(state, intake, lists, at));
        watchers.push_back(std::make_unique<watch::watch_loop>(
            common.loop, common.time, common.events, common.stop, files, options.label(),
            options.watch[at].watch, *takers.back()));
        guards.push_back(std::make_unique<mount_guard>(state, at));
        watchers.back()->ask(*guards.back());
        state.folders.push_back(std::make_unique<folder_port>(
            options.watch[at], rules_of(options.watch[at]), *watchers.back()));
    }
    if (options.retrain) {
        retraining.emplace(common, contact, health, state.identity, *options.retrain,
                           options.publish, [this] { capacity.look_now(); });
    }
}

void project_runner::running::reopen() {
    intake.wake();
    uploads.wake();
    tagging.wake();
    lists.wake();
    for (const auto& folder : state.folders) {
        folder->look_again();
    }
}

void project_runner::running::fill(project_status& now) const {
    now.id = to_string(state.identity.id);
    for (const auto& watcher : watchers) {
        const watch::watch_counts counts = watcher->counts();
        now.files.settling += counts.settling;
        now.files.waiting += counts.waiting;
        now.oldest_waiting_seconds =
            std::max(now.oldest_waiting_seconds,
                     std::chrono::duration_cast<std::chrono::seconds>(counts.oldest).count());
    }
    now.files.in_flight = state.slots.in_flight() + lists.in_flight();
    now.files.waiting += state.slots.size() - state.slots.in_flight() + intake.incomplete() +
                         lists.waiting() - lists.in_flight();
    now.files.held = lists.held();
    for (const auto& folder : state.folders) {
        now.files.held += folder->held();
    }
    now.totals = state.totals;
    now.capacity = state.capacity.status();
    now.capacity.tags.used = tags.size();
    if (retraining) {
        now.training = retraining->status();
        now.published = retraining->published();
    }
}

} // namespace retraind::pipeline
