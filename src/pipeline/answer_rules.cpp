#include "retraind/pipeline/answer_rules.hpp"

#include <algorithm>

#include "retraind/pipeline/tagging_rules.hpp"

namespace retraind::pipeline {

using customvision::image_result;

answer_meaning judge_meaning(const image_result& answered, const sent_tags& sent) {
    if (sent.one_is_gone && may_mean_unknown_tag(answered.status)) {
        return answer_meaning::tags_gone;
    }
    if (answered.status == "OKDuplicate" && answered.id && sent.count > 0) {
        return answer_meaning::tags_to_ensure;
    }
    if (answered.status == "ErrorLimitExceed") {
        return answer_meaning::no_room;
    }
    const bool one_at_most = !sent.several_allowed && sent.count == 1;
    if (answered.status == "ErrorTagLimitExceed" && one_at_most) {
        return answer_meaning::other_tag;
    }
    return answer_meaning::as_it_says;
}

bool leaves_doubt_of_tags(const std::vector<image_result>& answered) {
    return std::any_of(answered.begin(), answered.end(),
                       [](const image_result& each) { return may_mean_unknown_tag(each.status); });
}

} // namespace retraind::pipeline
