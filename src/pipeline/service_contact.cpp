#include "retraind/pipeline/service_contact.hpp"

namespace retraind::pipeline {

void service_contact::on_answer() {
    silent_since_.reset();
    key_refused_.reset();
}

void service_contact::on_failure(const customvision::failure& why, mono_time now) {
    last_failure_ = why.cause.message;
    const bool only_later = why.status == 0 || why.meaning == customvision::verdict::throttled;
    if (!only_later) {
        silent_since_.reset();
    } else if (!silent_since_ && why.meaning != customvision::verdict::abandoned) {
        silent_since_ = now;
    }
    if (why.meaning == customvision::verdict::unauthorised) {
        key_refused_ = why.cause.message;
    }
}

} // namespace retraind::pipeline
