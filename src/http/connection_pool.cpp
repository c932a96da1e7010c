#include "http/connection_pool.hpp"

namespace retraind::http {

std::shared_ptr<byte_stream> connection_pool::take(mono_time now) {
    while (!idle_.empty() && now - idle_.front().since > longest_idle_) {
        drop_oldest();
    }
    while (!idle_.empty()) {
        const auto last = std::move(idle_.back().connection);
        idle_.pop_back();
        if (last->is_quiet()) {
            return last;
        }
        last->close();
    }
    return nullptr;
}

void connection_pool::put(std::shared_ptr<byte_stream> connection, mono_time now) {
    idle_.push_back({std::move(connection), now});
    if (idle_.size() > most_idle_) {
        drop_oldest();
    }
}

void connection_pool::clear() noexcept {
    while (!idle_.empty()) {
        drop_oldest();
    }
}

void connection_pool::drop_oldest() noexcept {
    idle_.front().connection->close();
    idle_.pop_front();
}

} // namespace retraind::http
