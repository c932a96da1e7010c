#include "retraind/pipeline/folder_access_loop.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "retraind/pipeline/preflight.hpp"
#include "retraind/report/service_unit.hpp"

namespace retraind::pipeline {

folder_access_loop::folder_access_loop(shared& common, readiness& health,
                                       const config::project_block& options,
                                       runtime::workers& files)
    : common_(common), health_(health), options_(options), files_(files) {}

task<void> folder_access_loop::run() {
    bool stopping = false;
    while (!stopping) {
        co_await look();
        const duration pause = std::chrono::seconds(30);
        stopping = co_await common_.stop.sleep_for(pause);
    }
}

task<void> folder_access_loop::look() {
    auto call = [this] {
        const service_unit unit{report::own_unit()};
        return write_faults(options_, unit);
    };
    const std::vector<disk_fault> faults = co_await files_.run(call);
    if (faults.empty()) {
        health_.clear("folders");
        co_return;
    }
    std::string all;
    for (const disk_fault& fault : faults) {
        all += (all.empty() ? "" : "; ") + fault.sentence;
    }
    health_.block("folders", std::move(all));
}

} // namespace retraind::pipeline
