#include "retraind/report/service_unit.hpp"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>

#include <systemd/sd-bus.h>

#include "retraind/report/writable_path_rules.hpp"

namespace retraind::report {
namespace {

constexpr auto manager = "org.freedesktop.systemd1";
constexpr auto service_interface = "org.freedesktop.systemd1.Service";

struct bus_end {
    void operator()(sd_bus* bus) const { ::sd_bus_flush_close_unref(bus); }
};
struct message_end {
    void operator()(sd_bus_message* message) const { ::sd_bus_message_unref(message); }
};
struct error_end {
    sd_bus_error value{};
    error_end() = default;
    ~error_end() { ::sd_bus_error_free(&value); }
    error_end(const error_end&) = delete;
    error_end& operator=(const error_end&) = delete;
};
using bus_ptr = std::unique_ptr<sd_bus, bus_end>;

/// Calls of systemd about one unit.
class unit_reader {
public:
    explicit unit_reader(bus_ptr bus) : bus_(std::move(bus)) {}

    /// Loads the unit: systemd knows nothing of one that was not asked for.
    result<void> load(const std::string& unit) {
        error_end why;
        sd_bus_message* raw = nullptr;
        const int code = ::sd_bus_call_method(bus_.get(), manager, "/org/freedesktop/systemd1",
                                              "org.freedesktop.systemd1.Manager", "LoadUnit",
                                              &why.value, &raw, "s", unit.c_str());
        const std::unique_ptr<sd_bus_message, message_end> answer(raw);
        const char* path = nullptr;
        if (code < 0) {
            return tl::unexpected(from_errno(-code, "systemd, asked for " + unit));
        }
        if (const int read = ::sd_bus_message_read(answer.get(), "o", &path); read < 0) {
            return tl::unexpected(from_errno(-read, "systemd, asked for " + unit));
        }
        path_ = path;
        return {};
    }

    std::string text(const char* interface, const char* property) {
        error_end why;
        char* raw = nullptr;
        if (::sd_bus_get_property_string(bus_.get(), manager, path_.c_str(), interface, property,
                                         &why.value, &raw) < 0) {
            return {};
        }
        const std::unique_ptr<char, decltype(&std::free)> owned(raw, &std::free);
        return owned.get();
    }

    /// A list of texts, each behind `prefix`.
    void append(const char* property, const std::string& prefix, std::vector<std::string>& to) {
        error_end why;
        char** raw = nullptr;
        if (::sd_bus_get_property_strv(bus_.get(), manager, path_.c_str(), service_interface,
                                       property, &why.value, &raw) < 0) {
            return;
        }
        const std::unique_ptr<char*, decltype(&std::free)> owned(raw, &std::free);
        for (char** each = raw; each != nullptr && *each != nullptr; ++each) {
            const std::unique_ptr<char, decltype(&std::free)> entry(*each, &std::free);
            to.push_back(prefix + entry.get());
        }
    }

    /// A list of pairs.
    std::map<std::string, std::string> pairs(const char* property) {
        error_end why;
        sd_bus_message* raw = nullptr;
        const int code =
            ::sd_bus_get_property(bus_.get(), manager, path_.c_str(), service_interface, property,
                                  &why.value, &raw, "a(ss)");
        const std::unique_ptr<sd_bus_message, message_end> answer(raw);
        std::map<std::string, std::string> found;
        if (code < 0 || ::sd_bus_message_enter_container(answer.get(), 'a', "(ss)") < 0) {
            return found;
        }
        const char* name = nullptr;
        const char* value = nullptr;
        while (::sd_bus_message_read(answer.get(), "(ss)", &name, &value) > 0) {
            found[name] = value;
        }
        return found;
    }

private:
    bus_ptr bus_;
    std::string path_;
};

unit_facts facts_of(unit_reader& reader) {
    unit_facts found;
    if (reader.text("org.freedesktop.systemd1.Unit", "LoadState") != "loaded") {
        return found;
    }
    if (reader.text(service_interface, "ProtectSystem") == "strict") {
        reader.append("ReadWritePaths", "", found.writable);
        reader.append("StateDirectory", "/var/lib/", found.writable);
        reader.append("RuntimeDirectory", "/run/", found.writable);
    }
    found.user = reader.text(service_interface, "User");
    found.group = reader.text(service_interface, "Group");
    reader.append("SupplementaryGroups", "", found.groups);
    found.credentials = reader.pairs("LoadCredential");
    return found;
}

} // namespace

std::string own_unit() {
    // Not sd_pid_get_unit: it looks at PID 1 too, which ProtectProc=invisible hides.
    std::ifstream file("/proc/self/cgroup");
    const std::string cgroups{std::istreambuf_iterator<char>(file), {}};
    return service_in_cgroups(cgroups);
}

result<unit_facts> ask_about_unit(const std::string& unit) {
    constexpr std::uint64_t a_second = 1'000'000;
    sd_bus* raw = nullptr;
    if (const int code = ::sd_bus_open_system(&raw); code < 0) {
        return tl::unexpected(from_errno(-code, "systemd's bus"));
    }
    bus_ptr bus(raw);
    ::sd_bus_set_method_call_timeout(bus.get(), a_second);
    unit_reader reader(std::move(bus));
    if (auto loaded = reader.load(unit); !loaded) {
        return tl::unexpected(loaded.error());
    }
    return facts_of(reader);
}

} // namespace retraind::report
