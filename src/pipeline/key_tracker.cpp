#include "retraind/pipeline/key_tracker.hpp"

#include <utility>

namespace retraind::pipeline {
namespace {

/// A key may be refused for a while after it was made, and permissions above a file can change
/// without a trace on it.
constexpr duration try_again_after = std::chrono::minutes(1);
constexpr duration ask_again_after = std::chrono::seconds(15);

} // namespace

bool key_tracker::on_look(std::optional<key_stamp> seen, mono_time now) {
    const bool stands_still = seen == last_seen_;
    last_seen_ = seen;
    const bool changed = stands_still && (!read_once_ || read_ != seen);
    const bool again = again_at_ && now >= *again_at_;
    if (!changed && !again) {
        return false;
    }
    read_ = seen;
    read_once_ = true;
    if (changed) {
        again_at_.reset();
    }
    return true;
}

key_tracker::step key_tracker::on_read(const result<secret>& read, const secret& in_force,
                                       mono_time now) {
    if (!read) {
        again_at_ = now + try_again_after;
        // Without a key the projects' own reasons say it.
        const bool news = read.error().message != said_ && !in_force.empty();
        said_ = read.error().message;
        return news ? step::say : step::none;
    }
    said_.clear();
    if (in_force.empty()) {
        again_at_.reset();
        return step::take;
    }
    if (read->equals(in_force)) {
        again_at_.reset();
        refused_ = secret();
        unproven_ = secret();
        return step::none;
    }
    const bool refused_lately = read->equals(refused_) && again_at_ && now < *again_at_;
    return refused_lately ? step::none : step::probe;
}

bool key_tracker::on_trial(const secret& tried, key_trial came, mono_time now) {
    switch (came) {
    case key_trial::accepted:
        again_at_.reset();
        refused_ = secret();
        unproven_ = secret();
        return false;
    case key_trial::refused: {
        again_at_ = now + try_again_after;
        const bool news = !tried.equals(refused_);
        refused_ = tried;
        return news;
    }
    case key_trial::unproven: {
        again_at_ = now + ask_again_after;
        const bool news = !tried.equals(unproven_);
        unproven_ = tried;
        return news;
    }
    case key_trial::undecided:
        again_at_ = now + ask_again_after;
        return false;
    }
    return false;
}

} // namespace retraind::pipeline
