#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/metric_family.h>

#include "retraind/base/status.hpp"

namespace retraind::report {

/// What is counted for the daemon as a whole.
struct daemon_series {
    daemon_series();

    /// At most so many operations are told apart; they are literals of the client, and fewer.
    void count_request(const std::string& operation, std::int64_t status);

    std::map<std::pair<std::string, std::string>, prometheus::Counter> requests;
    prometheus::Histogram request_seconds;
    prometheus::Counter throttled_seconds;
};

/// What is counted for one project.
struct project_series {
    project_series();

    void count_files(const std::string& outcome, const std::string& reason, double files);
    void count_training(const std::string& result);
    /// From now on the families of training have this project's series.
    void begin_training();

    std::map<std::pair<std::string, std::string>, prometheus::Counter> files;
    prometheus::Counter sent_bytes;
    prometheus::Histogram batch_images;
    prometheus::Histogram batch_bytes;
    prometheus::Histogram scan_seconds;
    prometheus::Histogram commit_seconds;
    prometheus::Counter hints_lost;
    std::map<std::string, prometheus::Counter> trainings; ///< by result; empty before the first
};

/// The families of one scrape, filled in their order; those without a metric are left out.
class exposition {
public:
    void add(const daemon_series& series);
    void add(const std::string& project, const project_series& series);
    void add(const project_status& now);

    [[nodiscard]] std::string text() const;

private:
    using labels = std::vector<prometheus::ClientMetric::Label>;

    void put(std::string_view family, prometheus::ClientMetric metric, labels with);
    void put_gauge(std::string_view family, double value, labels with);

    std::map<std::string_view, std::vector<prometheus::ClientMetric>> metrics_;
};

} // namespace retraind::report
