#include "retraind/ledger/content_rules.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace retraind::ledger {
namespace {

content_record confirm_again(const content_record& known, const content_record& duplicate) {
    content_record kept = known;
    if (!kept.image) {
        kept.image = duplicate.image;
    }
    if (!kept.sent) {
        kept.sent = duplicate.sent;
    }
    kept.labels.clear();
    std::set_union(known.labels.begin(), known.labels.end(), duplicate.labels.begin(),
                   duplicate.labels.end(), std::back_inserter(kept.labels));
    return kept;
}

} // namespace

content_record merge_content(const content_record* known, content_record fresh) {
    if (known == nullptr) {
        return fresh;
    }
    if (fresh.result == outcome::duplicate && known->result != outcome::removed) {
        return confirm_again(*known, fresh);
    }
    if (!fresh.image && fresh.result == outcome::removed) {
        fresh.image = known->image;
    }
    if (known->result != outcome::removed) {
        fresh.path = known->path;
    }
    return fresh;
}

} // namespace retraind::ledger
