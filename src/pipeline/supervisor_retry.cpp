// `retraind retry`, as the running daemon does it.
#include <utility>

#include "retraind/pipeline/retry_rules.hpp"
#include "supervisor_parts.hpp"

namespace retraind::pipeline {
namespace {

http::response said(unsigned status, const std::string& sentence) {
    http::response response;
    response.status = status;
    response.fields.push_back({"Content-Type", "text/plain; charset=utf-8"});
    response.body = sentence + "\n";
    return response;
}

} // namespace

task<http::response> supervisor::retry(std::string target) {
    const result<retry_request> asked = decode_retry(target);
    if (!asked) {
        co_return said(400, asked.error().message);
    }
    // A reload may take over another configuration meanwhile; both are of one moment.
    const std::vector<std::shared_ptr<hosted_project>> projects = projects_;
    const result<std::vector<retry_target>> targets = resolve_retry(*wanted_, asked->path);
    if (!targets) {
        co_return said(400, targets.error().message);
    }
    std::size_t rejected = 0;
    for (const retry_target& each : *targets) {
        const result<std::size_t> done = co_await projects.at(each.project)->runner().retry(each);
        if (!done) {
            co_return said(503, done.error().message);
        }
        rejected += *done;
    }
    co_return said(200, retried_sentence(rejected));
}

} // namespace retraind::pipeline
