#include "report/metric_series.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include <prometheus/metric_type.h>
#include <prometheus/text_serializer.h>

#include "retraind/base/outcome.hpp"
#include "retraind/base/text.hpp"

namespace retraind::report {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricType;

/// Stands for what no list below has.
constexpr const char* other = "other";

/// Why files are rejected: the service's own image statuses and ours (`code` of NAME.reason.json),
/// and `ListLine` for a line of a list of addresses, whose reason stands in its result.
constexpr std::array<std::string_view, 13> reasons{"Empty",
                                                   "Truncated",
                                                   "Unreadable",
                                                   "TagConflict",
                                                   "Sidecar",
                                                   "NotInProject",
                                                   "ListLine",
                                                   "ErrorImageFormat",
                                                   "ErrorImageSize",
                                                   "ErrorImageDimensions",
                                                   "ErrorTagLimitExceed",
                                                   "ErrorInvalidTag",
                                                   "ErrorInvalidRegion"};
constexpr std::string_view negative_and_regular = "ErrorNegativeAndRegularTagOnSameImage";

constexpr std::array<std::int64_t, 23> statuses{200, 201, 202, 204, 207, 301, 302, 307,
                                                308, 400, 401, 403, 404, 408, 409, 413,
                                                415, 429, 500, 501, 502, 503, 504};

constexpr std::array<std::string_view, 5> training_results{"completed", "failed", "not_needed",
                                                           "timed_out", other};

/// What a daemon asks in its ordinary life, so that the first failure of each is an increase.
constexpr std::array<std::string_view, 11> ordinary_operations{
    "GetProjects",   "GetProject",      "GetTags",
    "CreateTag",     "GetImageCount",   "CreateImagesFromFiles",
    "GetIterations", "GetIteration",    "GetIterationPerformance",
    "TrainProject",  "PublishIteration"};
constexpr std::size_t most_operations = 64;

const prometheus::Histogram::BucketBoundaries request_buckets{.05, .1, .25, .5, 1,  2.5,
                                                              5,   10, 30,  60, 120};
const prometheus::Histogram::BucketBoundaries commit_buckets{.001, .0025, .005, .01, .025, .05,
                                                             .1,   .25,   .5,   1,   5};
const prometheus::Histogram::BucketBoundaries scan_buckets{.001, .01, .1, 1, 10, 60, 600};
const prometheus::Histogram::BucketBoundaries image_buckets{1, 2, 4, 8, 16, 32, 48, 64};
constexpr double mebibyte = 1 << 20;
const prometheus::Histogram::BucketBoundaries byte_buckets{
    mebibyte / 16, mebibyte / 4,  mebibyte,      4 * mebibyte, 8 * mebibyte,
    16 * mebibyte, 24 * mebibyte, 48 * mebibyte, 96 * mebibyte};

struct description {
    std::string_view name;
    MetricType type;
    std::string_view help;
};

constexpr std::array families{
    description{"retraind_files", MetricType::Gauge, "Files on their way, by state."},
    description{"retraind_files_total", MetricType::Counter,
                "Files that got their outcome since the start, by outcome and, where rejected, by "
                "reason."},
    description{"retraind_oldest_waiting_seconds", MetricType::Gauge,
                "How long the oldest complete file has waited to be taken."},
    description{"retraind_sent_bytes_total", MetricType::Counter,
                "Bytes of the bodies of batches that the service answered with results."},
    description{"retraind_requests_total", MetricType::Counter,
                "Requests to the service, by operation and HTTP status; status none where no "
                "answer came."},
    description{"retraind_request_seconds", MetricType::Histogram,
                "From the start of a request to the end of its answer."},
    description{"retraind_throttled_seconds_total", MetricType::Counter,
                "Seconds that the service asked to wait before the next request."},
    description{"retraind_batch_images", MetricType::Histogram, "Pictures in a batch."},
    description{"retraind_batch_bytes", MetricType::Histogram, "Bytes of a batch's body."},
    description{"retraind_scan_seconds", MetricType::Histogram,
                "What a pass over a watched folder took, without its pauses."},
    description{"retraind_change_hints_lost_total", MetricType::Counter,
                "How often the kernel dropped change hints, so that the folder was gone over."},
    description{"retraind_ledger_commit_seconds", MetricType::Histogram,
                "What it took until the outcomes of a batch were on the disk."},
    description{"retraind_project_capacity_ratio", MetricType::Gauge,
                "How much of the service's limit is used, 0 to 1, by kind."},
    description{"retraind_trainings_total", MetricType::Counter,
                "Trainings that ended since the start, by result."},
    description{"retraind_training_used_seconds", MetricType::Gauge,
                "Training time used this month (UTC)."},
    description{"retraind_published_info", MetricType::Gauge,
                "1 for each publish name and the iteration that carries it."},
};

std::string known_reason(const std::string& code) {
    const bool known = code.empty() || code == negative_and_regular ||
                       std::find(reasons.begin(), reasons.end(), code) != reasons.end();
    return known ? code : other;
}

std::string known_outcome(const std::string& word) {
    for (const outcome each : {outcome::confirmed, outcome::duplicate, outcome::held_out,
                               outcome::removed, outcome::rejected}) {
        if (word == to_string(each)) {
            return word;
        }
    }
    return other;
}

std::string known_status(std::int64_t status) {
    if (status == 0) {
        return "none";
    }
    const bool known = std::find(statuses.begin(), statuses.end(), status) != statuses.end();
    return known ? std::to_string(status) : other;
}

double ratio(const capacity_use& use) {
    return use.limit == 0 ? 0 : static_cast<double>(use.used) / static_cast<double>(use.limit);
}

} // namespace

daemon_series::daemon_series() : request_seconds(request_buckets) {
    for (const std::string_view operation : ordinary_operations) {
        requests.try_emplace({std::string(operation), "200"});
    }
}

void daemon_series::count_request(const std::string& operation, std::int64_t status) {
    const auto known = requests.lower_bound({operation, ""});
    const bool has_series = known != requests.end() && known->first.first == operation;
    const bool room = has_series || requests.size() < most_operations * statuses.size();
    requests.try_emplace({room ? operation : other, known_status(status)})
        .first->second.Increment();
}

project_series::project_series()
    : batch_images(image_buckets),
      batch_bytes(byte_buckets),
      scan_seconds(scan_buckets),
      commit_seconds(commit_buckets) {
    for (const outcome each :
         {outcome::confirmed, outcome::duplicate, outcome::held_out, outcome::removed}) {
        files.try_emplace({std::string(to_string(each)), ""});
    }
    const std::string rejected(to_string(outcome::rejected));
    for (const std::string_view reason : reasons) {
        files.try_emplace({rejected, std::string(reason)});
    }
    files.try_emplace({rejected, std::string(negative_and_regular)});
}

void project_series::count_files(const std::string& outcome, const std::string& reason,
                                 double count) {
    files.try_emplace({known_outcome(outcome), known_reason(reason)})
        .first->second.Increment(count);
}

void project_series::begin_training() {
    for (const std::string_view result : training_results) {
        if (result != other) {
            trainings.try_emplace(std::string(result));
        }
    }
}

void project_series::count_training(const std::string& result) {
    begin_training();
    const bool known = trainings.contains(result);
    trainings.try_emplace(known ? result : other).first->second.Increment();
}

void exposition::put(std::string_view family, ClientMetric metric, labels with) {
    metric.label = std::move(with);
    metrics_[family].push_back(std::move(metric));
}

void exposition::put_gauge(std::string_view family, double value, labels with) {
    ClientMetric metric;
    metric.gauge.value = value;
    put(family, std::move(metric), std::move(with));
}

void exposition::add(const daemon_series& series) {
    for (const auto& [key, counter] : series.requests) {
        put("retraind_requests_total", counter.Collect(),
            {{"operation", key.first}, {"status", key.second}});
    }
    put("retraind_request_seconds", series.request_seconds.Collect(), {});
    put("retraind_throttled_seconds_total", series.throttled_seconds.Collect(), {});
}

void exposition::add(const std::string& project, const project_series& series) {
    const ClientMetric::Label whose{"project", printable(project)};
    for (const auto& [key, counter] : series.files) {
        put("retraind_files_total", counter.Collect(),
            {whose, {"outcome", key.first}, {"reason", key.second}});
    }
    put("retraind_sent_bytes_total", series.sent_bytes.Collect(), {whose});
    put("retraind_batch_images", series.batch_images.Collect(), {whose});
    put("retraind_batch_bytes", series.batch_bytes.Collect(), {whose});
    put("retraind_scan_seconds", series.scan_seconds.Collect(), {whose});
    put("retraind_ledger_commit_seconds", series.commit_seconds.Collect(), {whose});
    put("retraind_change_hints_lost_total", series.hints_lost.Collect(), {whose});
    for (const auto& [result, counter] : series.trainings) {
        put("retraind_trainings_total", counter.Collect(), {whose, {"result", result}});
    }
}

void exposition::add(const project_status& now) {
    const ClientMetric::Label whose{"project", printable(now.name)};
    const auto count = [&](std::string_view family, std::string label, std::string value,
                           double number) {
        put_gauge(family, number, {whose, {std::move(label), std::move(value)}});
    };
    count("retraind_files", "state", "settling", static_cast<double>(now.files.settling));
    count("retraind_files", "state", "waiting", static_cast<double>(now.files.waiting));
    count("retraind_files", "state", "in_flight", static_cast<double>(now.files.in_flight));
    put_gauge("retraind_oldest_waiting_seconds", static_cast<double>(now.oldest_waiting_seconds),
              {whose});
    count("retraind_project_capacity_ratio", "kind", "images", ratio(now.capacity.images));
    count("retraind_project_capacity_ratio", "kind", "tags", ratio(now.capacity.tags));
    count("retraind_project_capacity_ratio", "kind", "iterations", ratio(now.capacity.iterations));
    if (now.training.used_seconds) {
        put_gauge("retraind_training_used_seconds", static_cast<double>(*now.training.used_seconds),
                  {whose});
    }
    for (const published_iteration& each : now.published) {
        put_gauge(
            "retraind_published_info", 1,
            {whose, {"iteration", printable(each.iteration)}, {"name", printable(each.name)}});
    }
}

std::string exposition::text() const {
    std::vector<prometheus::MetricFamily> all;
    for (const description& each : families) {
        const auto found = metrics_.find(each.name);
        if (found != metrics_.end()) {
            all.push_back(
                {std::string(each.name), std::string(each.help), each.type, found->second});
        }
    }
    return prometheus::TextSerializer().Serialize(all);
}

} // namespace retraind::report
