#include "sandbox/http/fault_plan.hpp"

namespace sandbox::http {

namespace {

/// Takes one from a counter; false where it is used up.
bool take(std::uint64_t& left) {
    if (left == 0) {
        return false;
    }
    --left;
    return true;
}

} // namespace

fault_plan::fault_plan(fault_rules rules)
    : request_bytes_(rules.request_bytes.value_or(default_request_bytes)) {
    rules_.reserve(rules.rules.size());
    for (fault_rule& rule : rules.rules) {
        rules_.push_back({std::move(rule.operation), rule.skip, rule.times,
                          std::make_shared<const fault>(std::move(rule.action))});
    }
}

std::shared_ptr<const fault> fault_plan::next(std::string_view operation) {
    for (counted_rule& rule : rules_) {
        if (rule.operation != "*" && rule.operation != operation) {
            continue;
        }
        if (take(rule.skip)) {
            continue;
        }
        if (!rule.times || take(*rule.times)) {
            return rule.action;
        }
    }
    return nullptr;
}

} // namespace sandbox::http
