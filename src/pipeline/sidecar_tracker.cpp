#include "retraind/pipeline/sidecar_tracker.hpp"

#include <algorithm>

namespace retraind::pipeline {
namespace {

/// No picture is looked at again sooner, whatever is wrong with the times.
constexpr duration least_pause = std::chrono::milliseconds(50);

/// How long the sidecar has certainly been as it is, by the file system's own time.
duration age_beside(const sidecar_tracker::sighting& seen, const file_identity& sidecar,
                    mono_time since, mono_time now) {
    const duration picture = std::chrono::floor<duration>(now - since);
    if (sidecar.device != seen.picture.device) {
        return duration::zero();
    }
    const std::chrono::nanoseconds later(sidecar.changed_ns - seen.picture.changed_ns);
    return picture - std::max(std::chrono::ceil<duration>(later), duration::zero());
}

} // namespace

std::optional<mono_time> sidecar_tracker::judge(const sighting& seen, const limits& rule,
                                                mono_time now) {
    entry& known = meet(seen, now);
    std::optional<mono_time> when;
    for (const auto& [print, identity] : seen.sidecars) {
        const duration watched = std::chrono::floor<duration>(now - known.sidecars.at(print));
        const duration age = std::max(watched, age_beside(seen, identity, known.since, now));
        if (age < rule.settle) {
            when = std::max(when.value_or(now), now + std::max(rule.settle - age, least_pause));
        }
    }
    if (seen.changing) {
        when = std::max(when.value_or(now), now + std::max(rule.settle, least_pause));
    }
    const mono_time patient_until = known.since + rule.settle + rule.patience;
    if (!when && !seen.found && !seen.long_ago && now < patient_until) {
        when = patient_until;
    }
    if (!when) {
        files_.erase(seen.where);
        return std::nullopt;
    }
    put(seen.where, known, *when);
    return when;
}

sidecar_tracker::entry& sidecar_tracker::meet(const sighting& seen, mono_time now) {
    entry& known = files_[seen.where];
    if (known.waits) {
        take_out(seen.where, known);
    }
    const bool fresh = known.since == mono_time() || known.print != seen.print;
    known.print = seen.print;
    known.since = fresh ? seen.first_seen : std::min(known.since, seen.first_seen);
    known.state = seen.state;
    std::map<file_fingerprint, mono_time> sidecars;
    for (const auto& [print, identity] : seen.sidecars) {
        const auto before = known.sidecars.find(print);
        sidecars.emplace(print, before == known.sidecars.end() ? now : before->second);
    }
    known.sidecars = std::move(sidecars);
    return known;
}

void sidecar_tracker::put(const place& where, entry& known, mono_time when) {
    known.when = when;
    known.waits = true;
    queue_.emplace(when, where);
}

void sidecar_tracker::take_out(const place& where, entry& known) {
    const auto [first, last] = queue_.equal_range(known.when);
    const auto mine =
        std::find_if(first, last, [&where](const auto& each) { return each.second == where; });
    if (mine != last) {
        queue_.erase(mine);
    }
    known.waits = false;
}

std::vector<sidecar_tracker::waiting_file> sidecar_tracker::due(mono_time now) {
    std::vector<waiting_file> given;
    while (!queue_.empty() && queue_.begin()->first <= now) {
        const place where = queue_.begin()->second;
        queue_.erase(queue_.begin());
        entry& known = files_.at(where);
        known.waits = false;
        known.when = now;
        given.push_back({where, known.print, known.state});
    }
    if (!given.empty()) {
        std::erase_if(files_, [now](const auto& each) {
            return !each.second.waits && each.second.when + grace < now;
        });
    }
    return given;
}

mono_time sidecar_tracker::next_due() const {
    return queue_.empty() ? mono_time::max() : queue_.begin()->first;
}

std::vector<sidecar_tracker::waiting_file> sidecar_tracker::waiting() const {
    std::vector<waiting_file> all;
    for (const auto& [when, where] : queue_) {
        const entry& known = files_.at(where);
        all.push_back({where, known.print, known.state});
    }
    return all;
}

void sidecar_tracker::wake(const place& where, mono_time now) {
    const auto known = files_.find(where);
    if (known == files_.end() || !known->second.waits) {
        return;
    }
    take_out(where, known->second);
    put(where, known->second, now);
}

} // namespace retraind::pipeline
