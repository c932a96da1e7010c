#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace retraind {

enum class severity { debug, info, warning, error };

/// Every event there is. A name is what logs, metrics and audit are keyed by, so it never changes
/// its meaning; to add one, add it here and to `event_names` below.
enum class event_name {
    daemon_started,
    daemon_stopping,
    daemon_stopped,
    configuration_warning,
    configuration_reloaded,
    configuration_refused,
    project_ready,
    project_not_ready,
    project_created,
    tag_created,
    regions_created,
    folder_missing,
    folder_found,
    folder_replaced,
    scan_finished,
    scan_failed,
    change_hints_lost,
    change_hints_unavailable,
    file_found,
    file_waiting,
    file_held,
    file_rejected,
    file_changed,
    file_duplicate,
    file_shrunk,
    list_finished,
    files_disposed,
    disposal_failed,
    batch_sending,
    batch_sent,
    batch_failed,
    request_sent,
    request_failed,
    throttled,
    ledger_failed,
    ledger_committed,
    training_due,
    training_started,
    training_recognised,
    training_waiting,
    training_progress,
    training_completed,
    training_not_needed,
    training_failed,
    publish_started,
    published,
    publish_failed,
    key_reloaded,
    key_refused,
    admin_listening,
    admin_failed,
    internal_error,
};

inline constexpr std::array event_names{
    std::pair{event_name::daemon_started, std::string_view("daemon_started")},
    std::pair{event_name::daemon_stopping, std::string_view("daemon_stopping")},
    std::pair{event_name::daemon_stopped, std::string_view("daemon_stopped")},
    std::pair{event_name::configuration_warning, std::string_view("configuration_warning")},
    std::pair{event_name::configuration_reloaded, std::string_view("configuration_reloaded")},
    std::pair{event_name::configuration_refused, std::string_view("configuration_refused")},
    std::pair{event_name::project_ready, std::string_view("project_ready")},
    std::pair{event_name::project_not_ready, std::string_view("project_not_ready")},
    std::pair{event_name::project_created, std::string_view("project_created")},
    std::pair{event_name::tag_created, std::string_view("tag_created")},
    std::pair{event_name::regions_created, std::string_view("regions_created")},
    std::pair{event_name::folder_missing, std::string_view("folder_missing")},
    std::pair{event_name::folder_found, std::string_view("folder_found")},
    std::pair{event_name::folder_replaced, std::string_view("folder_replaced")},
    std::pair{event_name::scan_finished, std::string_view("scan_finished")},
    std::pair{event_name::scan_failed, std::string_view("scan_failed")},
    std::pair{event_name::change_hints_lost, std::string_view("change_hints_lost")},
    std::pair{event_name::change_hints_unavailable, std::string_view("change_hints_unavailable")},
    std::pair{event_name::file_found, std::string_view("file_found")},
    std::pair{event_name::file_waiting, std::string_view("file_waiting")},
    std::pair{event_name::file_held, std::string_view("file_held")},
    std::pair{event_name::file_rejected, std::string_view("file_rejected")},
    std::pair{event_name::file_changed, std::string_view("file_changed")},
    std::pair{event_name::file_duplicate, std::string_view("file_duplicate")},
    std::pair{event_name::file_shrunk, std::string_view("file_shrunk")},
    std::pair{event_name::list_finished, std::string_view("list_finished")},
    std::pair{event_name::files_disposed, std::string_view("files_disposed")},
    std::pair{event_name::disposal_failed, std::string_view("disposal_failed")},
    std::pair{event_name::batch_sending, std::string_view("batch_sending")},
    std::pair{event_name::batch_sent, std::string_view("batch_sent")},
    std::pair{event_name::batch_failed, std::string_view("batch_failed")},
    std::pair{event_name::request_sent, std::string_view("request_sent")},
    std::pair{event_name::request_failed, std::string_view("request_failed")},
    std::pair{event_name::throttled, std::string_view("throttled")},
    std::pair{event_name::ledger_failed, std::string_view("ledger_failed")},
    std::pair{event_name::ledger_committed, std::string_view("ledger_committed")},
    std::pair{event_name::training_due, std::string_view("training_due")},
    std::pair{event_name::training_started, std::string_view("training_started")},
    std::pair{event_name::training_recognised, std::string_view("training_recognised")},
    std::pair{event_name::training_waiting, std::string_view("training_waiting")},
    std::pair{event_name::training_progress, std::string_view("training_progress")},
    std::pair{event_name::training_completed, std::string_view("training_completed")},
    std::pair{event_name::training_not_needed, std::string_view("training_not_needed")},
    std::pair{event_name::training_failed, std::string_view("training_failed")},
    std::pair{event_name::publish_started, std::string_view("publish_started")},
    std::pair{event_name::published, std::string_view("published")},
    std::pair{event_name::publish_failed, std::string_view("publish_failed")},
    std::pair{event_name::key_reloaded, std::string_view("key_reloaded")},
    std::pair{event_name::key_refused, std::string_view("key_refused")},
    std::pair{event_name::admin_listening, std::string_view("admin_listening")},
    std::pair{event_name::admin_failed, std::string_view("admin_failed")},
    std::pair{event_name::internal_error, std::string_view("internal_error")},
};

[[nodiscard]] std::string_view to_string(event_name name) noexcept;
[[nodiscard]] std::string_view to_string(severity level) noexcept;

using field_value = std::variant<std::string, std::int64_t, double, bool>;

/// One typed fact of an event.
struct field {
    std::string_view name; ///< a literal: snake_case
    field_value value;

    field(std::string_view field_name, std::string text)
        : name(field_name), value(std::move(text)) {}
    field(std::string_view field_name, std::string_view text)
        : name(field_name), value(std::string(text)) {}
    field(std::string_view field_name, const char* text)
        : name(field_name), value(std::string(text)) {}
    field(std::string_view field_name, bool flag) : name(field_name), value(flag) {}
    field(std::string_view field_name, double number) : name(field_name), value(number) {}
    template <std::integral Number>
    field(std::string_view field_name, Number number)
        : name(field_name), value(static_cast<std::int64_t>(number)) {}
};

/// Something that happened: said once, and turned into logs, metrics and audit by `report`.
struct event {
    event_name name;
    severity level = severity::info;
    std::string project;  ///< its name; empty where the event is the daemon's
    std::string sentence; ///< for people, without what the fields repeat
    std::vector<field> fields;
};

/// Where a room tells what happens. Called on the loop only; never blocks, never throws.
class event_sink {
public:
    virtual ~event_sink() = default;
    virtual void emit(const event& happened) = 0;
};

} // namespace retraind
