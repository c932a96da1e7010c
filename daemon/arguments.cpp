#include "arguments.hpp"

#include <algorithm>
#include <sstream>

#include <CLI/CLI.hpp>

#include "portal_arguments.hpp"
#include "version.hpp"

namespace retraind::daemon {
namespace {

constexpr const char* exit_codes =
    "Exit codes: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were rejected, are held\n"
    "or still waiting (--once, urls); 77 credentials refused; 78 configuration wrong.";

/// Moves the subcommand to the front, so that options may stand before it. The word behind -c is a
/// file's name, whatever it looks like.
void subcommand_first(std::vector<std::string>& arguments, const CLI::App& app) {
    for (std::size_t at = 0; at < arguments.size(); ++at) {
        const std::string& word = arguments[at];
        if (word == "-c" || word == "--config") {
            ++at;
            continue;
        }
        const auto known =
            app.get_subcommands([&](const CLI::App* each) { return each->get_name() == word; });
        if (!known.empty()) {
            std::rotate(arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(at),
                        arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1);
            return;
        }
    }
}

/// CLI11 takes "[a,b]" for a list of two wherever several words may stand; with one more letter,
/// taken off again afterwards, it is one name.
constexpr char bracket_guard = '\x1f';

void guard_brackets(std::vector<std::string>& arguments) {
    for (std::string& each : arguments) {
        if (each.starts_with('[') && each.ends_with(']')) {
            each += bracket_guard;
        }
    }
}

void take_guard_off(std::string& word) {
    if (word.ends_with(bracket_guard)) {
        word.pop_back();
    }
}

CLI::App* add_command(CLI::App& app, const std::string& name, const std::string& what,
                      std::string& configuration) {
    CLI::App* command = app.add_subcommand(name, what);
    command
        ->add_option("-c,--config", configuration,
                     "the configuration (else $RETRAIND_CONFIG, else "
                     "/etc/retraind/retraind.yaml)")
        ->type_name("FILE");
    command->footer(exit_codes);
    return command;
}

/// What the options of all subcommands say; each reads its own.
struct options {
    std::string configuration;
    bool once = false;
    bool online = false;
    status_command status;
    urls_command urls;
    std::vector<std::string> retried;
    portal::request asked;
};

void take_guards_off(options& said) {
    for (std::string* word :
         {&said.configuration, &said.urls.project, &said.urls.list, &said.asked.project}) {
        take_guard_off(*word);
    }
    for (auto* names : {&said.asked.names, &said.retried}) {
        for (std::string& name : *names) {
            take_guard_off(name);
        }
    }
}

any_command chosen(const CLI::App& app, const options& said) {
    const std::string name = app.get_subcommands().front()->get_name();
    if (name == "run") {
        return run_command{said.configuration, said.once};
    }
    if (name == "check") {
        return check_command{said.configuration, said.online};
    }
    if (name == "plan") {
        return plan_command{said.configuration};
    }
    if (name == "urls") {
        return urls_command{said.configuration, said.urls.project, said.urls.list};
    }
    if (name == "retry") {
        return retry_command{said.configuration, said.retried};
    }
    if (name == "status") {
        return status_command{said.configuration, said.status.json, said.status.watch};
    }
    if (name == "schema") {
        return schema_command{};
    }
    return portal_command{said.configuration, said.asked};
}

void add_commands(CLI::App& app, options& said) {
    app.description("Watches drop folders, uploads every new labelled picture to Azure Custom "
                    "Vision, and trains\nand publishes the project when its rules say so.");
    app.name("retraind");
    app.require_subcommand(1);
    app.set_version_flag("--version", std::string("retraind ") + version);
    app.footer(exit_codes);
    const auto add = [&](const std::string& name, const std::string& what) {
        return add_command(app, name, what, said.configuration);
    };
    CLI::App* run = add("run", "run the daemon");
    run->add_flag("--once", said.once,
                  "send what is there, train and publish what is due, and end; the last line on "
                  "stdout counts the files");
    add("check", "validate the configuration and what it names on the disk")
        ->add_flag("--online", said.online,
                   "ask the service too: key, projects, tags, publish target, limits, clock");
    add("plan", "say what would be uploaded, with tags, and what not and why; sends nothing");
    CLI::App* status = add("status", "the running daemon's state, through its admin socket");
    status->add_flag("--json", said.status.json, "the document of /status as it is");
    status->add_flag("--watch", said.status.watch,
                     "go on until Ctrl-C, with a look every two seconds");
    CLI::App* urls = add("urls", "send a list of addresses once; its result is written beside it");
    urls->add_option("PROJECT", said.urls.project,
                     "a project of the configuration, by name or GUID")
        ->required();
    urls->add_option("LIST", said.urls.list, "a file of addresses, NAME.urls or NAME.csv")
        ->required();
    add("retry", "put rejected and held files back in line; naming a watched folder also accepts "
                 "what is mounted there now")
        ->add_option("PATH", said.retried,
                     "watched folders, or files and folders in them; none: all")
        ->type_name("PATH");
    add_portal_commands(add, said.asked);
    app.add_subcommand("schema", "print the configuration's JSON Schema")->footer(exit_codes);
}

} // namespace

any_command parse_arguments(std::vector<std::string> arguments,
                            std::optional<std::string> configuration_variable) {
    CLI::App app;
    options said;
    said.configuration = configuration_variable.value_or("/etc/retraind/retraind.yaml");
    add_commands(app, said);
    subcommand_first(arguments, app);
    guard_brackets(arguments);
    std::reverse(arguments.begin(), arguments.end()); // CLI11 takes them from the back
    try {
        app.parse(std::move(arguments));
    } catch (const CLI::ParseError& ended) {
        std::ostringstream out;
        std::ostringstream errors;
        const int code = app.exit(ended, out, errors);
        if (code == 0) {
            return print_and_exit{out.str(), done, false};
        }
        return print_and_exit{errors.str(), wrong_usage, true};
    }
    take_guards_off(said);
    return chosen(app, said);
}

void describe_command_line(const std::function<void(const CLI::App&)>& reader) {
    CLI::App app;
    options said;
    add_commands(app, said);
    reader(app);
}

} // namespace retraind::daemon
