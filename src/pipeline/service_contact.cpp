#include "retraind/pipeline/service_contact.hpp"

namespace retraind::pipeline {

void service_contact::on_answer(mono_time now) {
    last_answer_ = now;
    key_refused_.reset();
}

void service_contact::on_failure(const customvision::failure& why, mono_time now) {
    last_failure_ = why.cause.message;
    if (why.status != 0) {
        last_answer_ = now;
    }
    if (why.meaning == customvision::verdict::unauthorised) {
        key_refused_ = why.cause.message;
    }
}

} // namespace retraind::pipeline
