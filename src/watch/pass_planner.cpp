#include "retraind/watch/pass_planner.hpp"

#include <algorithm>

namespace retraind::watch {
namespace {

constexpr int rest_factor = 10;
constexpr duration least_rest = std::chrono::milliseconds(100);
/// A look at a missing folder costs one call.
constexpr duration missing_every = std::chrono::seconds(1);

} // namespace

void pass_planner::ended(mono_time now, duration active) {
    rested_ = now + std::max(active * rest_factor, least_rest);
    regular_ = now + scan_every_;
}

void pass_planner::failed(mono_time now) {
    rested_ = now + least_rest;
    regular_ = now + std::min(scan_every_, missing_every);
}

void pass_planner::want(mono_time when) {
    wanted_ = std::min(wanted_, when);
}

mono_time pass_planner::next() const {
    return std::max(rested_, std::min(regular_, wanted_));
}

} // namespace retraind::watch
