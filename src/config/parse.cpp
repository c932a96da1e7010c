#include "retraind/config/parse.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <boost/json/array.hpp>

#include "blocks.hpp"
#include "values.hpp"
#include "written.hpp"

namespace retraind::config {
namespace {

void take_projects(reader& in, const YAML::Node& node, draft& whole) {
    if (!node.IsSequence() || node.size() == 0) {
        in.wrong(node, "is not a list of projects; write [{name: …, watch: [{path: …}]}]");
        return;
    }
    std::vector<std::string> labels;
    for (std::size_t at = 0; at < node.size(); ++at) {
        const reader::scope inside(in, at);
        project_block& block = whole.result.projects.emplace_back();
        read_project(in, node[at], whole, block);
        if (block.name.empty() && !block.id) {
            continue;
        }
        if (std::find(labels.begin(), labels.end(), block.label()) != labels.end()) {
            in.wrong(node[at], fmt::format("is the second project \"{}\"; give it one block with "
                                           "several folders to watch",
                                           block.label()));
        }
        labels.push_back(block.label());
    }
}

void take_state(reader& in, const YAML::Node& node, draft& whole) {
    if (auto path = path_value().read(in, node)) {
        note_place(in, node, *path, place::use::state, whole);
        whole.result.state = std::move(*path);
    }
}

const table<report::log_options>& log_table() {
    static const table<report::log_options> rows{
        row("level",
            choice_value<severity>{{{"debug", severity::debug},
                                    {"info", severity::info},
                                    {"warning", severity::warning},
                                    {"error", severity::error}}},
            &report::log_options::level, "info", "the least severe event that is written"),
        row("format",
            choice_value<report::log_format>{{{"text", report::log_format::text},
                                              {"json", report::log_format::json},
                                              {"journal", report::log_format::journal}}},
            &report::log_options::format, "text",
            "lines for people, one JSON object a line, or fields of systemd's journal (events.md); "
            "the default is journal where stderr is the journal"),
    };
    return rows;
}

void check_keys(reader& in, const YAML::Node& root, draft& whole) {
    const YAML::Node service = root["service"];
    if (service && service.IsMap() && service["training_key_file"] && service["training_key_env"]) {
        const reader::scope inside(in, "service");
        in.wrong(service, "has both training_key_file and training_key_env; keep one");
    }
    key_location& key = whole.result.service.key;
    if (key.file.empty() && key.environment.empty()) {
        const auto credentials = in.variable("CREDENTIALS_DIRECTORY");
        key.file = credentials ? *credentials + "/training-key" : "/etc/retraind/training-key";
    }
}

/// The same for those who only know the schema.
boost::json::object one_key_of_service() {
    boost::json::object both;
    both["required"] = boost::json::array{"training_key_file", "training_key_env"};
    boost::json::object rules;
    rules["not"] = std::move(both);
    return rules;
}

/// The defaults that depend on other keys or on systemd's directories.
void fill_in(reader& in, draft& whole) {
    configuration& result = whole.result;
    result.service.rate.requests_per_second =
        whole.requests_per_second.value_or(result.service.pricing == tier::f0 ? 2 : 8);
    if (result.state.empty()) {
        result.state = in.variable("STATE_DIRECTORY").value_or("/var/lib/retraind");
        whole.places.push_back({"state", result.state, 0, 0, place::use::state});
    }
    if (result.admin.unix_path.empty()) {
        result.admin.unix_path =
            in.variable("RUNTIME_DIRECTORY").value_or(result.state) + "/admin.sock";
    }
}

void read_root(reader& in, const YAML::Node& root, draft& whole) {
    read_block(in, root, root_table(), whole);
    if (!root.IsMap()) {
        return;
    }
    check_keys(in, root, whole);
    fill_in(in, whole);
    check_admin(in, root["admin"], whole.result.admin);
    check_places(in, whole.places);
    check_metadata(in, whole);
}

std::optional<YAML::Node> parsed(reader& in, std::string_view yaml) {
    try {
        YAML::Node root = YAML::Load(std::string(yaml));
        if (root.IsNull()) {
            in.wrong_at(1, 1, "", "is empty; it needs service and projects");
            return std::nullopt;
        }
        return root;
    } catch (const YAML::Exception& wrong) {
        in.wrong_at(wrong.mark.line + 1, wrong.mark.column + 1, "",
                    fmt::format("is not YAML: {}", wrong.msg));
        return std::nullopt;
    }
}

/// What is in the file, or the errno that says why nobody knows.
tl::expected<std::string, int> text_of(const std::string& file) {
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    // An empty file fails here too, and is read all the same.
    if (!stream || (!(text << stream.rdbuf()) && errno != 0)) {
        return tl::unexpected(errno);
    }
    return text.str();
}

std::string unreadable(int why) {
    const std::string words = std::generic_category().message(why);
    if (why == EACCES) {
        return fmt::format("cannot be read: {}; use sudo, or be of the group that may read it, "
                           "retraind for /etc/retraind: `usermod -aG retraind NAME`, then log in "
                           "again",
                           words);
    }
    return fmt::format("cannot be read: {}; name the configuration with -c FILE", words);
}

std::string folder_of(const std::string& file) {
    return std::filesystem::absolute(file).parent_path().string();
}

} // namespace

const table<draft>& root_table() {
    static const table<draft> rows{
        own_row<draft>("service", block_of(service_table, "block", one_key_of_service()), required,
                       "the Custom Vision resource",
                       [](reader& in, const YAML::Node& node, draft& whole) {
                           read_block(in, node, service_table(), whole);
                       }),
        own_row<draft>("state", shape_of(path_value()), "/var/lib/retraind",
                       "where the ledger is; the default is $STATE_DIRECTORY where systemd sets it",
                       take_state),
        own_row<draft>("projects", projects_shape(), required, "the projects and their folders",
                       take_projects),
        own_row<draft>("admin", block_of(admin_table), "as its keys say", "the admin listener",
                       [](reader& in, const YAML::Node& node, draft& whole) {
                           read_block(in, node, admin_table(), whole.result.admin);
                       }),
        own_row<draft>("log", block_of(log_table), "as its keys say", "the log on stderr",
                       [](reader& in, const YAML::Node& node, draft& whole) {
                           read_block(in, node, log_table(), whole.result.log);
                       }),
    };
    return rows;
}

std::vector<described_key> describe_configuration() {
    return describe(root_table());
}

std::string to_string(const diagnostic& wrong) {
    std::string text = wrong.file;
    if (wrong.line > 0) {
        text += fmt::format(":{}:{}", wrong.line, wrong.column);
    }
    if (!wrong.key.empty()) {
        text += fmt::format(": {}", wrong.key);
    }
    return fmt::format("{}: {}", text, wrong.sentence);
}

tl::expected<configuration, std::vector<diagnostic>> parse(std::string_view yaml,
                                                           std::string_view file,
                                                           std::string_view folder,
                                                           const environment& variables) {
    reader in{std::string(file), std::string(folder), variables};
    draft whole;
    if (const std::optional<YAML::Node> root = parsed(in, yaml)) {
        read_root(in, *root, whole);
        if (in.clean()) {
            whole.result.written = written_in(*root);
        }
    }
    if (!in.clean()) {
        std::vector<diagnostic> wrong = in.take();
        std::stable_sort(wrong.begin(), wrong.end(), [](const auto& left, const auto& right) {
            return std::pair(left.line, left.column) < std::pair(right.line, right.column);
        });
        return tl::unexpected(std::move(wrong));
    }
    return std::move(whole.result);
}

std::string socket_in(std::string_view yaml, std::string_view folder,
                      const environment& variables) {
    reader in{"", std::string(folder), variables};
    draft whole;
    if (const std::optional<YAML::Node> root = parsed(in, yaml)) {
        read_root(in, *root, whole);
    }
    fill_in(in, whole);
    return std::move(whole.result.admin.unix_path);
}

tl::expected<configuration, std::vector<diagnostic>> load(const std::string& file,
                                                          const environment& variables) {
    const tl::expected<std::string, int> text = text_of(file);
    if (!text) {
        return tl::unexpected(std::vector{diagnostic{file, 0, 0, "", unreadable(text.error())}});
    }
    return parse(*text, file, folder_of(file), variables);
}

std::string load_socket(const std::string& file, const environment& variables) {
    return socket_in(text_of(file).value_or(""), folder_of(file), variables);
}

} // namespace retraind::config
