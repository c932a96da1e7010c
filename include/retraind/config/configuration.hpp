#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "retraind/base/ids.hpp"
#include "retraind/batch/options.hpp"
#include "retraind/disposal/options.hpp"
#include "retraind/http/options.hpp"
#include "retraind/intake/options.hpp"
#include "retraind/report/options.hpp"
#include "retraind/retrain/options.hpp"
#include "retraind/watch/options.hpp"

namespace retraind::config {

/// Where the training key is; the key itself never stands in the file.
struct key_location {
    std::string file;        ///< absolute; empty where the variable is used
    std::string environment; ///< the variable's name; empty where the file is used
};

enum class tier { f0, s0 };

struct service_block {
    http::client_options client;
    std::string api_version = "v3.3";
    std::string media_type = "application/json"; ///< of request bodies
    std::string accept = "application/json";     ///< of answers
    key_location key;
    tier pricing = tier::s0;
    http::rate_options rate;
};

/// How a project that the service does not have is made.
struct create_block {
    std::string type = "Classification"; ///< or ObjectDetection
    std::string domain = "General";      ///< a name of that type, or its GUID
    bool multilabel = false;
};

struct watch_block {
    watch::options watch;
    intake::options intake;
    disposal::options disposal;
};

struct project_block {
    std::string name; ///< empty where only the id is given
    std::optional<project_id> id;
    std::optional<create_block> create;
    std::vector<watch_block> watch;
    batch::options batch;
    std::optional<retrain::options> retrain;
    std::optional<retrain::publish_options> publish;

    /// What logs and status call it.
    [[nodiscard]] std::string label() const { return name.empty() ? to_string(*id) : name; }
};

/// What a file itself says, without defaults: `projects[0].watch[0].settle` and `2s`. A list of
/// texts is one value. A password in an address is left out.
using written_keys = std::map<std::string, std::string>;

/// The whole file, defaults filled in, every path absolute.
struct configuration {
    service_block service;
    std::string state;
    std::vector<project_block> projects;
    report::admin_options admin;
    report::log_options log;
    written_keys written;
};

} // namespace retraind::config
