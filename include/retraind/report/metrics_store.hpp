#pragma once

#include <map>
#include <memory>
#include <string>

#include "retraind/base/event.hpp"
#include "retraind/base/status.hpp"

namespace retraind::report {

struct daemon_series;
struct project_series;

/// Counters and histograms out of events of every level, gauges out of the status at the moment of
/// a scrape. docs/metrics.md says what each means. Values of labels come from closed lists, so that
/// no service and no file can make series without end. Loop only.
class metrics_store final : public event_sink {
public:
    metrics_store();
    ~metrics_store() override;
    metrics_store(const metrics_store&) = delete;
    metrics_store& operator=(const metrics_store&) = delete;

    void emit(const event& happened) override;

    /// Every family that there is, in Prometheus' text format 0.0.4. A project that `now` does not
    /// have any more loses its series.
    [[nodiscard]] std::string scrape(const daemon_status& now);

private:
    void of_daemon(const event& happened);
    void of_project(const event& happened);
    /// Made where there are none yet.
    [[nodiscard]] project_series& series_of(const std::string& project);

    std::unique_ptr<daemon_series> daemon_;
    std::map<std::string, std::unique_ptr<project_series>> projects_;
};

/// The media type of what `scrape` returns.
inline constexpr const char* metrics_media_type = "text/plain; version=0.0.4; charset=utf-8";

} // namespace retraind::report
